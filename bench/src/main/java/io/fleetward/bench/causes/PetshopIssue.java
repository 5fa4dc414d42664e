package io.fleetward.bench.causes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/// An issue of PetShop: an alarm at the front, and the node that caused it.
///
/// @param metrics of each node around the alarm
/// @param at when the alarm was raised, seconds since 1970
/// @param metric that raised it: latency or availability
record PetshopIssue(Map<String, PetshopNode> metrics, long at, String metric, String cause) {

  static PetshopIssue read(Path folder) {
    Path file = folder.resolve("target.json");
    try {
      JsonNode target = new ObjectMapper().readTree(file.toFile());
      return new PetshopIssue(
          PetshopNode.read(folder.resolve("metrics.csv")),
          target.at("/target/timestamp").asLong(),
          target.at("/target/metric").asText(),
          target.at("/root_cause/node").asText());
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }
}
