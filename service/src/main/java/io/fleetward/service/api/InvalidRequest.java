package io.fleetward.service.api;

import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.api.ProblemDetails.Violation;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Says what about a request does not fit the contract, and where.
final class InvalidRequest {
  private static final Pattern PARAMETER = Pattern.compile("(?:query|path|header) parameter \\w+");

  // The validator also reports every schema around the one that objected.
  private static final Pattern CONSEQUENCE =
      Pattern.compile(
          "A subschema had errors|Property \".*\" does not match (additional properties )?schema");

  private InvalidRequest() {}

  static Answer answerTo(ValidatorException invalid) {
    if (invalid.type() == ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT) {
      return Answer.problem(
              Kind.UNSUPPORTED_MEDIA_TYPE, "send JSON, with Content-Type: application/json")
          .with("Accept", Answer.JSON);
    }
    Matcher parameter = PARAMETER.matcher(String.valueOf(invalid.getMessage()));
    List<Violation> violations = violations(invalid, parameter.find() ? parameter.group() : "body");
    String detail =
        violations.stream()
            .map(violation -> "%s %s".formatted(violation.where(), violation.what()))
            .collect(Collectors.joining("; "));
    return Answer.problem(ProblemDetails.of(Kind.INVALID_REQUEST, detail, violations));
  }

  static Answer unknownParameters(List<String> names, List<String> known) {
    String remedy = known.isEmpty() ? "there are none here" : String.join(", ", known);
    return Answer.problem(
        ProblemDetails.of(
            Kind.INVALID_REQUEST,
            "unknown query parameter; known: " + remedy,
            names.stream()
                .map(name -> new Violation("query parameter " + name, "unknown"))
                .toList()));
  }

  private static List<Violation> violations(ValidatorException invalid, String where) {
    if (!(invalid instanceof SchemaValidationException schema)) {
      return List.of(new Violation(where, inOurWords(String.valueOf(invalid.getMessage()))));
    }
    Map<String, Set<String>> byPlace = new LinkedHashMap<>();
    for (OutputUnit unit : schema.getOutputUnit().getErrors()) {
      Set<String> found = byPlace.computeIfAbsent(placeOf(where, unit), _ -> new LinkedHashSet<>());
      if (!CONSEQUENCE.matcher(unit.getError()).matches()) {
        found.add(inOurWords(unit.getError()));
      }
    }
    return byPlace.entrySet().stream()
        .map(entry ->
            new Violation(
                entry.getKey(),
                // what is only said not to fit "additional properties" is not in the contract
                entry.getValue().isEmpty()
                    ? "is unknown here; remove it"
                    : String.join(" and ", entry.getValue())))
        .toList();
  }

  private static String placeOf(String where, OutputUnit unit) {
    String pointer = unit.getInstanceLocation().replaceFirst("^#", "");
    return pointer.isEmpty() ? where : where + " " + pointer;
  }

  private static String inOurWords(String error) {
    return error
        .replace("Instance does not match any of", "must be one of")
        .replace("Instance does not have required property", "lacks the field")
        .replace("String does not match pattern", "has characters that are not allowed here")
        .replaceFirst("^String is too", "is too")
        .replaceFirst("^Instance type (.*) is invalid. Expected (.*)", "must be of type $2, not $1")
        .replaceFirst("^The related request does not contain the required body.", "is missing")
        .replaceFirst("^The request body can't be decoded", "is not JSON");
  }
}
