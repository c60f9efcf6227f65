package bellframe.bench.load;

/// What one connection asks for, request after request.
@FunctionalInterface
public interface Script {

    byte[] NO_BODY = {};

    /// A request and its body, JSON or [#NO_BODY].
    record Step(Request request, byte[] body) {
    }

    Step next();
}
