"""Addresses. What people read stands under a language; files for machines and the API do not."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.urls.converters import StringConverter

from opencompact.public.api import api
from opencompact.public.languages import LanguagePrefix
from opencompact.public.views import (
    correcting,
    dashboards,
    desk,
    drafting,
    files,
    judging,
    measures,
    preparing,
    reading,
    renewing,
    staff,
    uploading,
)


class Identifier(StringConverter):
    """An identifier of an action."""

    regex = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"


class AreaCode(StringConverter):
    """A code of an area."""

    regex = "[A-Za-z0-9-]{2,20}"


register_converter(Identifier, "identifier")
register_converter(AreaCode, "area")

_accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]

_read = [
    path("", reading.home, name="home"),
    path("follow-up/", reading.follow_up, name="follow-up"),
    path("reviews/", reading.reviews, name="reviews"),
    path("recommendations/", reading.recommendations, name="recommendations"),
    path("actions/", reading.list_actions, name="actions"),
    path("actions/<identifier:identifier>/", reading.show_action, name="action"),
    path("actions/<identifier:identifier>/history/", reading.history, name="history"),
    path("actions/<identifier:identifier>/history/<int:number>/", reading.version, name="version"),
    path("objectives/<int:number>/", dashboards.objective, name="objective"),
    re_path(r"^indicators/(?P<id>[a-z0-9][a-z0-9.-]{0,79})/$", measures.indicator, name="indicator"),
    path("round-tables/<int:number>/", dashboards.round_table, name="round-table"),
    path("areas/", dashboards.areas, name="areas"),
    path("areas/<area:code>/", dashboards.area, name="area"),
    path("areas/<area:code>/follow-up/", dashboards.area_follow_up, name="area-follow-up"),
    path("areas/<area:code>/objectives/<int:number>/", dashboards.area_objective, name="area-objective"),
    path("stakeholders/", dashboards.stakeholders, name="stakeholders"),
    path("stakeholders/<slug:code>/", dashboards.stakeholder, name="stakeholder"),
    path("texts/", reading.texts, name="texts"),
    re_path(r"^texts/(?P<symbol>[A-Z][\w./()-]{2,78})/(?P<language>[a-z]{2})/$", reading.text, name="text"),
    path("search/", reading.search, name="search"),
    path("exchange/", reading.exchange, name="exchange"),
    path("about/", reading.about, name="about"),
    path("templates/<slug:kind>.xlsx", files.template, name="template"),
]

_desk = [
    path("desk/", desk.desk, name="desk"),
    path("desk/new/<slug:kind>/", drafting.new, name="new"),
    path("desk/import/", uploading.upload, name="import"),
    path("desk/actions/<identifier:identifier>/", judging.desk_action, name="desk-action"),
    path("desk/actions/<identifier:identifier>/edit/", drafting.edit, name="edit"),
    path("desk/actions/<identifier:identifier>/progress/", drafting.report, name="report"),
    path(
        "desk/actions/<identifier:identifier>/progress/<int:number>/take-back/",
        correcting.take_back,
        name="take-report-back",
    ),
    path("desk/actions/<identifier:identifier>/propose/", correcting.propose, name="propose"),
    path("desk/proposals/<int:pk>/", correcting.proposal, name="proposal"),
    path("desk/proposals/<int:pk>/take/", correcting.take, name="take-proposal"),
    path("desk/proposals/<int:pk>/refuse/", correcting.refuse, name="refuse-proposal"),
    path("desk/actions/<identifier:identifier>/submit/", drafting.submit, name="submit"),
    path("desk/actions/<identifier:identifier>/judge/", judging.judge, name="judge"),
    path("desk/actions/<identifier:identifier>/ask/", judging.ask, name="ask"),
    path("desk/actions/<identifier:identifier>/publish/", judging.publish, name="publish"),
    path("desk/actions/<identifier:identifier>/give-back/", judging.give_back, name="give-back"),
    path("desk/actions/<identifier:identifier>/withdraw/", judging.withdraw, name="withdraw"),
    path("desk/actions/<identifier:identifier>/new-version/", renewing.new_version, name="new-version"),
    path("desk/actions/<identifier:identifier>/take-up/", judging.take_up, name="take-up"),
    path("desk/actions/<identifier:identifier>/review/", judging.review, name="review"),
    path("desk/areas/<area:code>/", preparing.prepare, name="prepare"),
    path("desk/areas/<area:code>/objectives/<int:number>/", preparing.own_words, name="own-words"),
    path("desk/areas/<area:code>/built/", files.built_file, {"path": ""}, name="built"),
    path("desk/areas/<area:code>/built/<path:path>", files.built_file, name="built-file"),
    path("desk/areas/<area:code>/build/", preparing.build, name="build"),
    path("desk/areas/<area:code>/sign/", preparing.sign_off, name="sign-off"),
    path("desk/areas/<area:code>/take-back/", preparing.take_back, name="take-back"),
    path("desk/people/", staff.people, name="people"),
    path("desk/people/<int:pk>/grant/", staff.grant, name="grant"),
    path("desk/people/<int:pk>/renew/", staff.renew, name="renew"),
    path("desk/grants/<int:pk>/revoke/", staff.revoke, name="revoke"),
    path("desk/audit/", staff.audit, name="audit"),
    path("welcome/<slug:key>/<slug:token>/", staff.welcome, name="welcome"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.choose_language, name="choose-language"),
    path("health/", reading.health, name="health"),
    path("id/<identifier:identifier>/", reading.go_to_action, name="identifier"),
    path("actions.atom", files.feed, name="feed"),
    re_path(r"^actions\.(?P<form>csv|json)$", files.export, name="export"),
    path("schemas/actions.json", files.schema, name="schema"),
    path("reviews/<area:code>/", files.review_file, {"path": ""}, name="country-review"),
    path("reviews/<area:code>/<path:path>", files.review_file, name="review-file"),
    path("api/v1/", api.urls),
    URLResolver(
        LanguagePrefix(),
        [
            *_read,
            *_desk,
            path("account/", include(_accounts)),
            re_path(r"^actions\.(?P<form>xlsx)$", files.export, name="workbook"),
        ],
    ),
]
handler400 = "opencompact.public.views.refusals.bad_request"
handler403 = "opencompact.public.views.refusals.refused"
handler404 = "opencompact.public.views.refusals.not_found"
handler500 = "opencompact.public.views.refusals.failed"
