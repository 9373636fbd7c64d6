from django.urls import path

from . import conversation, flows, guidance, releases, root, supports, vocabulary

urlpatterns = [
    path("", root.Root.as_view(), name="root"),
    path("supports/", supports.Supports.as_view(), name="supports"),
    path("supports/search/", supports.SupportSearch.as_view(), name="support-search"),
    path("supports/<slug:id>/", supports.SupportDetail.as_view(), name="support"),
    path("worries/", vocabulary.Worries.as_view(), name="worries"),
    path("age-bands/", vocabulary.AgeBands.as_view(), name="age-bands"),
    path("audiences/", vocabulary.Audiences.as_view(), name="audiences"),
    path("faqs/", guidance.FAQs.as_view(), name="faqs"),
    path("tips/", guidance.Tips.as_view(), name="tips"),
    path("tips/<slug:id>/", guidance.TipDetail.as_view(), name="tip"),
    path("child-articles/", guidance.ChildArticles.as_view(), name="child-articles"),
    path("flows/", flows.Flows.as_view(), name="flows"),
    path("flows/<slug:key>/", flows.FlowDetail.as_view(), name="flow"),
    path("conversation/", conversation.ConversationStep.as_view(), name="conversation"),
    path("releases/", releases.Releases.as_view(), name="releases"),
    path("releases/current/", releases.CurrentRelease.as_view(), name="current-release"),
]
