package io.fleetward.models.registry;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// A trained model of a class of hosts, with where it comes from. Immutable.
///
/// As bytes it has a form of our own with a digest over everything. Only [#read] takes such bytes
/// in, value by value: no class is ever named or made by what stands in a file.
public final class ModelVersion {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DIGITS = 8;

  private final Provenance provenance;
  private final byte[] payload;
  private final byte[] bytes;
  private final String id;

  private ModelVersion(Provenance provenance, byte[] payload, byte[] bytes) {
    this.provenance = provenance;
    this.payload = payload;
    this.bytes = bytes;
    this.id =
        "%s-%s"
            .formatted(
                TIME.format(provenance.trainedAt()), ModelBytes.digest(bytes).substring(0, DIGITS));
  }

  /// @param payload what the detector learnt, in the detector's own form
  /// @throws IllegalArgumentException if it is larger than a version may be
  public static ModelVersion of(Provenance provenance, byte[] payload) {
    byte[] own = payload.clone();
    return new ModelVersion(provenance, own, ModelBytes.write(provenance, own));
  }

  /// What came of reading bytes.
  public sealed interface Reading {
    record Usable(ModelVersion version) implements Reading {}

    /// @param reason what is wrong, and what to do
    record Refused(String reason) implements Reading {}
  }

  /// Reads what [#toBytes] gave; never throws, and allocates no more than a small multiple of the
  /// bytes.
  public static Reading read(byte[] bytes) {
    return switch (ModelBytes.read(bytes)) {
      case ModelBytes.Parts.Whole(Provenance provenance, byte[] payload) ->
          new Reading.Usable(new ModelVersion(provenance, payload, bytes.clone()));
      case ModelBytes.Parts.Unusable(String reason) -> new Reading.Refused(reason);
    };
  }

  /// Reads a file; the reason of a refusal begins with its name.
  public static Reading read(Path file) {
    return ModelBytes.read(file);
  }

  /// When it was trained (UTC) and the first digits of its digest: `20261123T001500Z-1a2b3c4d`.
  public String id() {
    return id;
  }

  public Provenance provenance() {
    return provenance;
  }

  public byte[] payload() {
    return payload.clone();
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /// Why a model must not use this version; empty if it may.
  ///
  /// @param model the name of the specification in force
  /// @param features the series that it reads, in row order
  public Optional<String> misfit(String model, List<String> features) {
    if (!provenance.model().equals(model)) {
      return Optional.of(
          "version %s is of model \"%s\", not of \"%s\"".formatted(id, provenance.model(), model));
    }
    if (!provenance.features().equals(features)) {
      return Optional.of(
          "version %s of model \"%s\" was made for other features (%s): train it anew"
              .formatted(id, model, difference(features)));
    }
    return Optional.empty();
  }

  private String difference(List<String> features) {
    for (String feature : features) {
      if (!provenance.features().contains(feature)) {
        return "it does not know \"%s\"".formatted(feature);
      }
    }
    for (String feature : provenance.features()) {
      if (!features.contains(feature)) {
        return "it needs \"%s\"".formatted(feature);
      }
    }
    return "they come in another order";
  }
}
