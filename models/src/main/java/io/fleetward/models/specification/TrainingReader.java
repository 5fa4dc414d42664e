package io.fleetward.models.specification;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;

/// Reads `train` of a model.
final class TrainingReader {
  private static final TrainingSpecification USUAL = TrainingSpecification.DEFAULT;

  private final CheckedMapping train;

  TrainingReader(MappingReader reader, Problems problems) {
    this.train = new CheckedMapping(reader, problems);
  }

  CheckedMapping mapping() {
    return train;
  }

  /// @return the usual one if something is wrong
  TrainingSpecification read() {
    int settle = rows("settle", 0, USUAL.settle());
    int after = rows("after", TrainingSpecification.LEAST_ROWS, USUAL.after());
    int keep =
        train.optional(
            "keep",
            train
                .reader()
                .integer("keep", TrainingSpecification.LEAST_ROWS, TrainingSpecification.MOST_ROWS),
            Math.max(after, USUAL.keep()));
    int stride =
        train.optional(
            "stride",
            train.reader().integer("stride", 1, TrainingSpecification.MOST_STRIDE),
            USUAL.stride());
    int refitEvery = rows("refit_every", 1, USUAL.refitEvery());
    int relearnAfter = rows("relearn_after", 1, USUAL.relearnAfter());
    train.rejectUnknownKeys();
    if (keep < after) {
      train.reject(
          train.reader().mapping(),
          "\"keep\" is %d, less than \"after\" (%d); the first fit needs that many rows: raise keep"
              .formatted(keep, after));
    }
    if (Integer.bitCount(stride) != 1) {
      train.reject(
          train.reader().mapping(),
          "\"stride\" is %d; write a power of two, such as 64".formatted(stride));
    }
    return train.isComplete()
        ? new TrainingSpecification(settle, after, keep, stride, refitEvery, relearnAfter)
        : USUAL;
  }

  private int rows(String key, int least, int usual) {
    return train.optional(key, train.reader().integer(key, least, 10_000_000), usual);
  }
}
