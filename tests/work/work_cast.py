"""Tasks for the tests of the queue, and what they said when they ran."""

from dateline.work.progress import progress, should_stop
from dateline.work.register import GiveUp, named_task

said = []


@named_task("cast.say")
def say(word):
    said.append(word)
    return {"said": word}


@named_task("cast.shout", priority=10)
def shout(word):
    said.append(word)


@named_task("cast.bake", unique=("page",))
def bake(page, reason="asked"):
    said.append(f"{page} {reason}")


@named_task("cast.stumble", max_attempts=3)
def stumble():
    raise ValueError("the ladder broke")


@named_task("cast.refuse")
def refuse():
    raise GiveUp("nobody lives there")


@named_task("cast.leave")
def leave():
    raise SystemExit(3)


@named_task("cast.count_attempts", takes_context=True)
def count_attempts(context, word):
    said.append(f"{word} {context.attempt}")


@named_task("cast.say_slowly")
async def say_slowly(word):
    said.append(word)


@named_task("cast.walk")
def walk(steps):
    for step in range(1, steps + 1):
        if should_stop():
            said.append("stopped")
            return
        progress(step, steps, f"step {step}")


@named_task("cast.chain")
def chain(left):
    said.append(left)
    if left:
        chain.enqueue(left=left - 1)
