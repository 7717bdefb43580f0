"""What happens beside the cases: corrections, additions, links, the diary of the reception."""

from datetime import timedelta

from . import drafts, places
from .clock import at

OFFICIAL = "Ракитин В. А., заместитель председателя Правительства"
PLACE = "пл. Озёрная, 1, приёмная граждан"
WORDS = (
    "Прошу установить светофор у школы: дети переходят дорогу без него.",
    "Когда отремонтируют тротуар у поликлиники?",
    "Не согласна с решением суда по земельному участку, прошу его отменить.",
)


def make(writer):
    """Act it out after the last act of a case; journal lines of cases come first, in time."""
    last = max(moment for moment, _act, _index in writer._acts())
    running = [
        writer.tickets[index]
        for index, case in enumerate(writer.plan.cases)
        if case.fate == "in_work" and case.kind in ("appeal_59", "message")
    ]
    with at(last + timedelta(minutes=1)):
        _correct(writer, running)
        _add(writer, running[:1])
        _link(writer, running)
        _receive(writer, last)
        _return_letters(writer)
    drafts.make(writer, last + timedelta(minutes=2))


def _correct(writer, running):
    """One request accepted, one refused, one that waits."""
    requests = (
        ("applicant_address", "ул. Береговая, 4, подъезд 2", "accepted"),
        ("applicant_email", "pochta@example.org", "refused"),
        ("applicant_phone", "+7 800 100-00-17", "asked"),
    )
    for number, (field, value, fate) in enumerate(requests):
        asked = writer._as("operator", "hotline.correction").create(
            {
                "ticket_id": running[number % len(running)].id,
                "field_name": field,
                "value_after": value,
                "reason": "Заявитель перезвонил, просит исправить",
            }
        )
        asked = asked.with_user(writer.users["officer"])
        if fate == "accepted":
            asked.action_accept()
        elif fate == "refused":
            asked.refusal_reason = "В письме указан прежний адрес"
            asked.action_refuse()


def _add(writer, tickets):
    for ticket in tickets:
        writer._as("operator", "hotline.addition").create(
            {"ticket_id": ticket.id, "text": "Добавляю: в соседних подъездах то же самое."}
        )


def _link(writer, running):
    """The first appeal whose citizen has written before is linked as a repeat."""
    earlier = [writer.tickets[index] for index in sorted(writer.tickets)]
    for ticket in running:
        before = next(
            (one for one in earlier if one.partner_id == ticket.partner_id and one.closed_on), None
        )
        if before:
            ticket.with_user(writer.users["officer"]).action_link(before.id, "repeat")
            return


def _receive(writer, last):
    """One answered orally, one told where to go, one booked."""
    day = last.replace(hour=7, minute=0, second=0, microsecond=0)
    results = (
        {"result": "oral", "oral_agreed": True, "oral_answer": "Работы внесены в план на май."},
        {"result": "out", "explanation": "Решение суда обжалуется в суд апелляционной инстанции."},
        {},
    )
    for number, result in enumerate(results):
        seen = {"document_kind": "passport", "document_checked": True} if result else {}
        booked = writer._as("operator", "hotline.reception").create(
            {
                "held_at": day + timedelta(days=number // 2, minutes=30 * number),
                "duration": 0.5,
                "official_name": OFFICIAL,
                "place": PLACE,
                "partner_id": writer.citizens[number + 1].id,
                "content": WORDS[(number + 1) % len(WORDS)],
                "company_id": writer.company.id,
                **seen,
                **result,
            }
        )
        if result:
            booked.with_user(writer.users["officer"]).action_hold()


def _return_letters(writer):
    """Of the answers that went by post one came back and went again, one waits for an address."""
    posted = [("channel", "=", "post"), ("state", "=", "given")]
    answers = writer._as("officer", "hotline.answer").search(posted, order="id desc", limit=2)
    Event = writer._as("officer", "hotline.post.event")
    today = writer.company._hotline_today()
    for answer, cause in zip(answers, ("expired", "left"), strict=False):
        Event.create(
            {"answer_id": answer.id, "kind": "returned", "cause": cause, "happened_on": today}
        )
    for answer in answers[1:]:
        address = f"699012, г. {places.CITY}, ул. Береговая, 4, кв. 2"
        Event.create(
            {"answer_id": answer.id, "kind": "resent", "address": address, "happened_on": today}
        )
