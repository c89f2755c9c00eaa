"""The Dutch Industrial Policy Handbook: typed data, proofs and derived text, independent of any site generator."""
