"""The pages and the API give the same results, for every path of both flows.

What a page shows is taken where it is handed to the template; what the API gives, where it is handed to JSON. Both replay the answers, and go
on from the facts that these tell about a person. So every path is asked of both, and must give the same turns, danger and facts; and
for every set of facts that occurs the results are asked of both and must be the same, entry by entry. As neither side looks at anything of a finished
conversation but its facts to find results (`test_results_depend_on_nothing_but_the_facts`), this is every path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from api.v1 import conversation as api_side
from catalog.child_presenting import ChildCard
from catalog.directory import Directory, DirectoryNow, Support
from catalog.presenting import Card
from chatbot import views as page_side
from chatbot.forms import write_pairs
from chatbot.pages import GENERAL, UNDER18, ChatPage
from chatbot.paths import walk
from chatbot.replay import Answers, Conversation
from chatbot.views import flow_of
from tests.conftest import japan
from tests.site.browsing import Element, parsed

from .conftest import Api

MOMENTS = ("2026-11-25 12:00", "2027-01-01 03:30", "2026-09-02 16:30")
PAGES = {GENERAL.flow: GENERAL, UNDER18.flow: UNDER18}
