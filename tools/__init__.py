"""Commands for those who publish Personae; the product needs none of them."""
