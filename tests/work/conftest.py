import pytest
import work_cast


@pytest.fixture(autouse=True)
def said():
    """What the cast's tasks said in this test."""
    work_cast.said.clear()
    return work_cast.said
