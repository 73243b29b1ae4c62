package org.phasemap.quantity;

import static org.phasemap.quantity.Look.PLAIN;
import static org.phasemap.quantity.Look.SHARE;
import static org.phasemap.quantity.Theory.LIMIT;

/** What the tokens or positions of an input have to do with each other; null where there is one. */
public enum TokenQuantity implements Quantity {
  TOKEN_COSINE(
      Facts.at(7, 85, Probe.SIGNAL, Domain.NUMBER)
          .named(
              "token cosine ρ_L",
              "ρ_L",
              "cosine of z_L at two tokens or positions of one input, averaged over pairs and"
                  + " inputs: 1 where they have collapsed")
          .has(LIMIT)
          .looks(SHARE)
          .worse(Worse.HIGHER)),
  ATTENTION_LOGIT_VARIANCE(
      Facts.at(7, 86, Probe.SIGNAL, Domain.NUMBER)
          .named(
              "variance of attention logits",
              "Var_j S_ij",
              "variance over the keys of a query's logits, unbiased, averaged over queries, heads"
                  + " and inputs, in block L: what softmax sees")
          .has(LIMIT)
          .looks(PLAIN)),
  ATTENTION_ENTROPY(
      Facts.at(7, 87, Probe.SIGNAL, Domain.NUMBER)
          .named(
              "entropy of attention",
              "H(A_i)",
              "−Σ_j A_ij ln A_ij in nats, averaged over queries, heads and inputs, in block L: from"
                  + " 0 to ln T")
          .has(LIMIT)
          .looks(PLAIN)),
  POSITION_SPREAD(
      Facts.at(10, 99, Probe.SIGNAL, Domain.NUMBER)
          .named(
              "spread over positions",
              "Var_a q_L[a]/q_L²",
              "variance over positions of the mean square of z_L at each, over the squared mean:"
                  + " the product of odd and even channels, so that a few channels do not make it"
                  + " larger on average; 0 where positions are alike")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.HIGHER)),
  LN_QUERY_KEY_GRADIENT(
      Facts.at(10, 101, Probe.GRADIENT, Domain.LN)
          .named(
              "gradients of queries and keys",
              "ln (‖∂f/∂W_Q‖² + ‖∂f/∂W_K‖²)/‖∂f/∂W_V‖²",
              "ln of the squared gradient of the weights of queries and keys over that of values,"
                  + " averaged over inputs, in block L; null below 1e-11, which is rounding")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.LOWER));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  TokenQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }

  /** A cell without tokens would wait for it in vain. */
  @Override
  public boolean mayDecide() {
    return false;
  }
}
