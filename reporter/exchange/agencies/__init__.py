"""What agencies are asked, what they answer, and where each answer stood."""
