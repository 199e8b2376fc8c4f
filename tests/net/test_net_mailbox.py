"""Looking into a mailbox: nothing is marked, nothing is read twice, and no server can keep us."""

from datetime import date

import pytest
from imap_server import ImapServer, a_letter

from dateline.net.errors import CannotConnect
from dateline.net.mailbox import MailboxBroken, MailboxClosed, MailboxSlow, Place, opened
from dateline.net.mailbox_address import BadMailbox, in_environment, read_mailbox

SINCE = date(2026, 2, 1)
NOTHING = Place()


@pytest.fixture
def server():
    server = ImapServer()
    yield server
    server.close()


def letters(server, *, after=NOTHING, limit_bytes=100_000, deadline_seconds=5.0, **words):
    mailbox = read_mailbox(server.address, server.password)
    with opened(mailbox, deadline_seconds=deadline_seconds, limit_bytes=limit_bytes) as box:
        return list(box.letters(after=after, since=SINCE, **words))


def test_letters_come_whole_in_order_and_stay_unmarked(server):
    first, second = a_letter("One", text="Un."), a_letter("Two", text="Deux.")
    server.put(first), server.put(second)
    found = letters(server)
    assert [letter.content for letter in found] == [first, second]
    assert [letter.place for letter in found] == [Place(7, 1), Place(7, 2)]
    assert any(command.startswith("EXAMINE") for command in server.commands)
    fetched = [command for command in server.commands if "FETCH" in command]
    assert all("BODY.PEEK" in command or "RFC822.SIZE" in command for command in fetched)
    assert not any(
        word in " ".join(server.commands).upper() for word in ("STORE", "EXPUNGE", "COPY", "SELECT")
    )


def test_what_was_read_is_not_read_again_though_the_server_names_the_last_letter(server):
    server.put(a_letter("One", text="Un."))
    assert letters(server, after=Place(7, 1)) == []
    server.put(a_letter("Two", text="Deux."))
    assert [letter.place.uid for letter in letters(server, after=Place(7, 1))] == [2]


def test_a_mailbox_built_anew_is_read_from_a_day_on_and_not_by_old_numbers(server):
    server.put(a_letter("One", text="Un."))
    server.folder.validity = 8
    assert [letter.place for letter in letters(server, after=Place(7, 40))] == [Place(8, 1)]
    assert any("SINCE 1-Feb-2026" in command for command in server.commands)


def test_at_most_so_many_come_at_once(server):
    for number in range(5):
        server.put(a_letter(f"Letter {number}", text="x"))
    assert [letter.place.uid for letter in letters(server, most=2)] == [1, 2]


def test_of_a_letter_that_is_too_large_only_the_headers_are_fetched(server):
    server.put(a_letter("Large", text="x" * 5_000))
    (found,) = letters(server, limit_bytes=1_000)
    assert not found.is_whole
    assert found.size > 5_000
    assert b"Subject: Large" in found.content
    assert b"xxx" not in found.content


def test_a_letter_deleted_meanwhile_is_empty(server):
    server.put(a_letter("Gone", text="x"))
    mailbox = read_mailbox(server.address, server.password)
    with opened(mailbox) as box:
        numbers = box._uids(Place(), since=SINCE)
        server.folder.letters.clear()
        assert box._letter(numbers[0]).content == b""


@pytest.mark.parametrize(
    ("trouble", "error", "words"),
    [
        ("bye", MailboxBroken, "hung up"),
        ("hang-up", MailboxBroken, "hung up"),
        ("huge", MailboxBroken, "announces 2147483648 bytes"),
        ("other-letter", MailboxBroken, "sent another"),
        ("no-validity", MailboxBroken, "how long its numbers are valid"),
        ("search-garbage", MailboxBroken, "numbers of letters"),
        ("garbage", MailboxBroken, "hung up"),
        ("expired", MailboxClosed, "password may have expired"),
    ],
)
def test_a_server_that_misbehaves_is_told_in_words(server, trouble, error, words):
    server.put(a_letter("One", text="Un."))
    server.trouble = trouble
    with pytest.raises(error, match=words) as raised:
        letters(server)
    assert server.password not in str(raised.value)


@pytest.mark.parametrize("trouble", ["stall", "drip"])
def test_a_server_that_dawdles_is_left_at_the_deadline(server, trouble):
    server.put(a_letter("One", text="x" * 2_000))
    server.trouble = trouble
    with pytest.raises(MailboxSlow, match="in time"):
        letters(server, deadline_seconds=0.4)


def test_a_folder_that_is_not_there_and_a_server_that_is_gone(server):
    mailbox = read_mailbox(server.address.replace("INBOX", "Post"), server.password)
    with pytest.raises(MailboxClosed, match="no such folder"), opened(mailbox):
        pass
    server.close()
    with pytest.raises(CannotConnect, match="Nobody answers"):
        letters(server)


def test_a_password_of_other_letters_goes_by_the_way_that_can_carry_it():
    mailbox = read_mailbox("imap://u@127.0.0.1:1/INBOX", "пароль")
    assert mailbox.password == "пароль"
    assert "пароль" not in repr(mailbox)


def test_mailboxes_are_read_from_the_environment():
    told = {
        "DATELINE_MAILBOX": "imaps://letters%40digest.example@imap.example/News",
        "DATELINE_MAILBOX_PASSWORD": "secret",
        "DATELINE_MAILBOX_2": "imap://127.0.0.1",
    }
    (first, password), second = in_environment(told)
    mailbox = read_mailbox(first, password)
    assert (mailbox.user, mailbox.host, mailbox.port, mailbox.folder) == (
        "letters@digest.example",
        "imap.example",
        993,
        "News",
    )
    assert str(mailbox) == "imaps://letters@digest.example@imap.example/News"
    with pytest.raises(BadMailbox, match="must look like"):
        read_mailbox(*second)


@pytest.mark.parametrize(
    "address",
    ["https://u@h/INBOX", "imaps://host/INBOX", "imaps://u:p@host/INBOX", "imaps://u@host:99999/", "x"],
)
def test_a_mailbox_that_cannot_be_used_says_how_it_must_look(address):
    with pytest.raises(BadMailbox, match="must look like"):
        read_mailbox(address, "p")
    with pytest.raises(BadMailbox, match="no password"):
        read_mailbox("imaps://u@host/INBOX", "")


def test_only_this_machine_and_who_says_so_may_send_the_password_in_the_open():
    assert read_mailbox("imap://u@127.0.0.1/INBOX", "p").is_plain
    assert not read_mailbox("imap://u@mail.example/INBOX", "p").is_plain
    assert read_mailbox("imap://u@mail.example/INBOX?plain=yes", "p").is_plain
