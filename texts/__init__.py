"""The words, Danish and English: every code, refusal, fact, letter and finding as people read it."""
