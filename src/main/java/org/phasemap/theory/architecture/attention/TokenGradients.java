package org.phasemap.theory.architecture.attention;

/**
 * Gradients of the tokens, per coordinate.
 *
 * @param gamma second moment of a token's
 * @param eta covariance of two tokens'
 */
record TokenGradients(double gamma, double eta) {
  /** Theirs and those through a branch, all divided. */
  TokenGradients plus(TokenGradients branch, double branchDivisor, double divisor) {
    return new TokenGradients(
        (gamma + branch.gamma / branchDivisor) / divisor,
        (eta + branch.eta / branchDivisor) / divisor);
  }
}
