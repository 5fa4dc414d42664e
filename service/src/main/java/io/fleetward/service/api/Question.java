package io.fleetward.service.api;

import static java.util.Objects.requireNonNull;

import io.fleetward.service.access.Caller;
import io.vertx.core.MultiMap;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that fits the contract, from somebody who may ask it.
///
/// @param query decoded, for parameters that may come several times
record Question(Caller caller, ValidatedRequest request, MultiMap query) {
  private static final int DEFAULT_LIMIT = 100;

  String id() {
    return path("id");
  }

  /// A part of the address.
  String path(String name) {
    return requireNonNull(parameter(request.getPathParameters(), name).orElseThrow().getString());
  }

  Optional<String> state() {
    return parameter(request.getQuery(), "state").map(RequestParameter::getString);
  }

  int limit() {
    return parameter(request.getQuery(), "limit")
        .map(RequestParameter::getInteger)
        .orElse(DEFAULT_LIMIT);
  }

  /// A text of the query that may be left out.
  Optional<String> option(String name) {
    return parameter(request.getQuery(), name).map(RequestParameter::getString);
  }

  /// Whether a flag of the query is set; one that is left out is not.
  boolean flag(String name) {
    return parameter(request.getQuery(), name).map(RequestParameter::getBoolean).orElse(false);
  }

  /// The values of a parameter that may come several times.
  List<String> list(String name) {
    return query.getAll(name);
  }

  /// A text that the contract requires in the body.
  String text(String field) {
    return requireNonNull(requireNonNull(request.getBody().getJsonObject()).getString(field));
  }

  /// A part of the body that the contract requires, as JSON.
  byte[] json(String field) {
    return requireNonNull(requireNonNull(request.getBody().getJsonObject()).getJsonObject(field))
        .toBuffer()
        .getBytes();
  }

  /// A number of the body that may be left out.
  Optional<Integer> numberIfGiven(String field) {
    return Optional.ofNullable(requireNonNull(request.getBody().getJsonObject()).getInteger(field));
  }

  /// A flag of the body; one that is left out is not set.
  boolean isSet(String field) {
    return Boolean.TRUE.equals(requireNonNull(request.getBody().getJsonObject()).getBoolean(field));
  }

  /// A text of the body that may be left out.
  Optional<String> textIfGiven(String field) {
    return Optional.ofNullable(requireNonNull(request.getBody().getJsonObject()).getString(field));
  }

  private static Optional<RequestParameter> parameter(
      Map<String, RequestParameter> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).filter(parameter -> !parameter.isNull());
  }
}
