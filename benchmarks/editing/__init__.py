"""How good are fused and shortened sentences, and do they say what was said?"""
