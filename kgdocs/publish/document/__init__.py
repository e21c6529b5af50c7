"""The page of one document, /van-ban/ID: facts, text with its citations marked, relations, chain, findings, who cites it."""
