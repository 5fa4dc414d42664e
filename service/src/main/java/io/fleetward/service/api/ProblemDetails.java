package io.fleetward.service.api;

import java.util.List;

/// What is wrong with a request or with the service, as RFC 9457 has it.
///
/// @param type what kind of problem, `urn:fleetward:problem:KIND`
/// @param title the kind in words, the same for each of its kind
/// @param status of the response
/// @param detail this case, and what to do
/// @param errors each thing that is wrong with its place; empty where `detail` says it all
public record ProblemDetails(
    String type, String title, int status, String detail, List<Violation> errors) {
  static final String CONTENT_TYPE = "application/problem+json";

  public ProblemDetails {
    errors = List.copyOf(errors);
  }

  static ProblemDetails of(Kind kind, String detail) {
    return of(kind, detail, List.of());
  }

  static ProblemDetails of(Kind kind, String detail, List<Violation> errors) {
    return new ProblemDetails(kind.type(), kind.title(), kind.status(), detail, errors);
  }

  /// @param where such as `query parameter limit` or `body /reason`
  /// @param what is wrong there
  public record Violation(String where, String what) {}

  /// The kinds of problem that the API knows.
  enum Kind {
    INVALID_REQUEST(400, "The request does not fit the contract"),
    INVALID_METRICS(400, "The metrics cannot be stored, or not all of them"),
    UNAUTHENTICATED(401, "A valid token is needed"),
    NOT_PERMITTED(403, "The token's roles do not permit this"),
    MUST_NOT_DECIDE(403, "This person must not decide on this remediation"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The method does not exist here"),
    NOT_ACCEPTABLE(406, "The answer cannot be given in an accepted format"),
    NOT_AWAITING(409, "The remediation does not await a decision"),
    TOO_LARGE(413, "The request is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's format is not understood"),
    EXPECTATION_FAILED(417, "The expectation cannot be met"),
    UNUSABLE_FILES(422, "The files cannot be used; what was in force stays in force"),
    TOO_MANY_REQUESTS(429, "Too many requests at once"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    UNEXPECTED(500, "Something unexpected went wrong"),
    UNAVAILABLE(503, "The service cannot answer now"),
    NOT_READY(503, "The service is not ready");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    String title() {
      return title;
    }

    String type() {
      return "urn:fleetward:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
