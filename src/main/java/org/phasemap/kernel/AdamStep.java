package org.phasemap.kernel;

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂)
 * g², θ ← θ − η (m/c₁)/(√(v/c₂) + ε).
 *
 * @param rate η
 * @param beta1 β₁
 * @param beta2 β₂
 * @param epsilon ε
 * @param correction1 c₁ = 1 − β₁ᵗ at step t, from 1
 * @param correction2 c₂ = 1 − β₂ᵗ
 */
public record AdamStep(
    double rate,
    double beta1,
    double beta2,
    double epsilon,
    double correction1,
    double correction2) {}
