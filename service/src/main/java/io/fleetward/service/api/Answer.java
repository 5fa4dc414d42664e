package io.fleetward.service.api;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.service.api.ProblemDetails.Kind;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A response, ready to be written.
///
/// @param contentType empty if there is no body
record Answer(int status, String contentType, Map<String, String> headers, Buffer body) {
  static final String JSON = "application/json";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer json(int status, Object message) {
    return new Answer(status, JSON, Map.of(), Buffer.buffer(MessageCodec.encode(message)));
  }

  static Answer empty() {
    return new Answer(204, "", Map.of(), Buffer.buffer());
  }

  static Answer problem(ProblemDetails details) {
    return new Answer(
        details.status(),
        ProblemDetails.CONTENT_TYPE,
        Map.of(),
        Buffer.buffer(MessageCodec.encode(details)));
  }

  static Answer problem(Kind kind, String detail) {
    return problem(ProblemDetails.of(kind, detail, List.of()));
  }

  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, more, body);
  }
}
