"""Read, validate and compile patterns/ into rules: YAML → compiled rules, nothing else."""

from kgdocs.grammar.rules import Rules, load_rules

__all__ = ["Rules", "load_rules"]
