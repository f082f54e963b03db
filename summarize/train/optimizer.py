"""The optimizer of both networks: AdamW with a learning rate that rises, and falls along a cosine."""

import keras

MIN_LEARNING_RATE = 0.05  # share of the peak at the end
GRADIENT_NORM = 1.0  # at most


def adam(
    *, learning_rate: float, num_steps: int, num_warm_up_steps: int, weight_decay: float, averaging: float = 0.0
) -> keras.optimizers.Optimizer:
    """Return the optimizer (Loshchilov & Hutter 2019).

    Args:
        learning_rate: at its peak.
        num_steps: in all, at least 1.
        num_warm_up_steps: in which the learning rate rises.
        weight_decay: as AdamW has it.
        averaging: of the weights over steps, the momentum of their running mean; 0 for none.
    """
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, num_steps, alpha=MIN_LEARNING_RATE, warmup_target=learning_rate, warmup_steps=num_warm_up_steps
    )
    return keras.optimizers.AdamW(
        schedule, weight_decay=weight_decay, clipnorm=GRADIENT_NORM, use_ema=averaging > 0, ema_momentum=averaging
    )
