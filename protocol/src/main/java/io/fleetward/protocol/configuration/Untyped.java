package io.fleetward.protocol.configuration;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/// YAML whose values are texts or nothing: whoever reads a value knows whether it is a number. A
/// key `<<` merges other mappings in.
final class Untyped implements Schema {
  @Override
  public ScalarResolver getScalarResolver() {
    return (value, isUnquoted) -> isUnquoted ? tag(value) : Tag.STR;
  }

  private static Tag tag(String value) {
    return switch (value) {
      case "", " ", "~", "null", "Null", "NULL" -> Tag.NULL;
      case "<<" -> Tag.MERGE;
      default -> Tag.STR;
    };
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return Map.of();
  }
}
