"""Addresses of the pages that belong to no single capability."""

from django.urls import path

from aqyn.site import desk, openapi, pages, robots

public = [
    path("", pages.home, name="home"),
    path("artists/<slug:slug>/", pages.artist, name="artist"),
    path("songs/", pages.song_list, name="songs"),
]

plain = [
    path("", pages.first, name="first"),
    path("favicon.svg", robots.favicon, name="favicon"),
    path("robots.txt", robots.robots, name="robots"),
    path("api/v1/openapi.json", openapi.openapi, name="openapi"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("artists/<slug:slug>/picture.png", robots.picture, name="picture"),
]

studio = [
    path("", desk.front, name="front"),
    path("make-it-mine/", desk.make_it_mine, name="make-it-mine"),
]
