"""Joins the stages: build, extract, explain, score, and the questions that pages and commands ask."""
