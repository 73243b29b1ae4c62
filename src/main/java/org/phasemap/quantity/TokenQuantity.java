package org.phasemap.quantity;

import static org.phasemap.quantity.Look.PLAIN;
import static org.phasemap.quantity.Look.SHARE;
import static org.phasemap.quantity.Theory.LIMIT;

/** What the tokens or positions of one input have to do with each other; null where there is one. */
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
          .looks(PLAIN));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  TokenQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }
}
