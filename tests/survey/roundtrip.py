"""A Response through JSON and back, as a store would take it."""

from bot.survey.record import Response
from bot.survey.response_json import response_from_json, response_to_json


def stored(response: Response) -> Response:
    return response_from_json(response_to_json(response))
