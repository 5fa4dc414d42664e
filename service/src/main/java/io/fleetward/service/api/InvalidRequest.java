package io.fleetward.service.api;

import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.api.ProblemDetails.Violation;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says what about a request does not fit the contract, and where.
final class InvalidRequest {
  private static final Pattern PARAMETER = Pattern.compile("(?:query|path|header) parameter \\w+");

  private InvalidRequest() {}

  static Answer answerTo(ValidatorException invalid) {
    if (invalid.type() == ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT) {
      return Answer.problem(
              Kind.UNSUPPORTED_MEDIA_TYPE, "send JSON, with Content-Type: application/json")
          .with("Accept", Answer.JSON);
    }
    Matcher parameter = PARAMETER.matcher(String.valueOf(invalid.getMessage()));
    String where = parameter.find() ? parameter.group() : "body";
    return Answer.problem(
        ProblemDetails.of(
            Kind.INVALID_REQUEST,
            String.valueOf(invalid.getMessage()),
            violations(invalid, where)));
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
      return List.of(new Violation(where, String.valueOf(invalid.getMessage())));
    }
    return schema.getOutputUnit().getErrors().stream()
        .map(unit -> new Violation(placeOf(where, unit), unit.getError()))
        .toList();
  }

  private static String placeOf(String where, OutputUnit unit) {
    String pointer = unit.getInstanceLocation().replaceFirst("^#", "");
    return pointer.isEmpty() ? where : where + " " + pointer;
  }
}
