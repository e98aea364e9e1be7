"""Its being here makes the helpers beside it importable by every test."""
