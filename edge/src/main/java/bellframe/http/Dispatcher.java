package bellframe.http;

import bellframe.api.Call;
import bellframe.api.InvalidInput;
import bellframe.api.Operation;
import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Takes a request through its steps: route, signature, bearer, parsing, the operation, the answer.
///
/// Runs on the request's virtual thread and may block. It always answers: what no table row covers becomes a
/// service failure whose cause only the log shows.
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String REQUEST_ID = "requestId";
    private static final String NO_OPERATION = "none";
    private static final String NO_ERROR = "none";

    private final Router router;
    private final Authentication authentication;
    private final RequestMetrics metrics;
    private final long slowNanos;

    /// @param slow from how long on an operation is worth a line in the log
    Dispatcher(Router router, Authentication authentication, RequestMetrics metrics, Duration slow) {
        this.router = router;
        this.authentication = authentication;
        this.metrics = metrics;
        this.slowNanos = slow.toNanos();
    }

    Answer dispatch(SignedRequest request, String requestId) {
        long start = metrics.clock().monotonicTime();
        MDC.put(REQUEST_ID, requestId);
        try {
            return new Attempt(request, requestId).answer(start);
        } finally {
            MDC.remove(REQUEST_ID);
        }
    }

    /// One request on its way.
    private final class Attempt {

        private final SignedRequest request;
        private final String requestId;
        private String operation = NO_OPERATION;

        Attempt(SignedRequest request, String requestId) {
            this.request = request;
            this.requestId = requestId;
        }

        Answer answer(long start) {
            Answer answer = attempt();
            long nanos = metrics.clock().monotonicTime() - start;
            metrics.record(operation, Objects.requireNonNullElse(answer.error(), NO_ERROR), nanos);
            if (nanos >= slowNanos) {
                LOG.warn("slow: {} {} in {} ms", operation, answer.status(), TimeUnit.NANOSECONDS.toMillis(nanos));
            } else {
                LOG.debug("{} {} in {} us", operation, answer.status(), TimeUnit.NANOSECONDS.toMicros(nanos));
            }
            return answer;
        }

        private Answer attempt() {
            try {
                return run();
            } catch (InvalidInput invalid) {
                return Answer.refusal(requestId, Refusal.INVALID_INPUT, invalid.getMessage());
            } catch (RuntimeException | Error failure) {
                Refused refused = Refused.because(failure);
                if (refused.refusal() == Refusal.INTERNAL_FAILURE) {
                    LOG.error("{} failed", operation, failure);
                }
                return Answer.refusal(requestId, refused);
            }
        }

        private Answer run() {
            Query query = Query.parse(request.rawQuery());
            Route route = router.find(request.method(), request.rawPath(), query);
            operation = route.endpoint().operation().name();
            String principalArn = authentication.authenticate(request);
            if (route.endpoint().operation().bearer()) {
                BearerHeader.check(request.headers().getOrDefault(BearerHeader.NAME, List.of()));
            }
            BodyType.check(request);
            return invoke(route.endpoint(), new RequestInput(request, route.labels(), query), principalArn);
        }

        private <S> Answer invoke(Endpoint<S> endpoint, RequestInput input, String principalArn) {
            return invoke(endpoint.operation(), endpoint.service(), input, principalArn);
        }

        private <S, I, O> Answer invoke(
                Operation<S, I, O> operation, S service, RequestInput input, String principalArn) {
            I parsed = operation.reader().read(input);
            operation.validator().validate(parsed);
            O output = operation.handler().handle(service, new Call(requestId, principalArn, host()), parsed);
            return Answer.success(requestId, operation.successStatus(), json(operation, output));
        }

        /// An operation without output answers nothing, which the tables mark with a null output.
        private <O> byte[] json(Operation<?, ?, O> operation, @Nullable O output) {
            return output == null ? Answer.NO_BODY : Answer.json(json -> operation.writer().write(json, output));
        }

        private String host() {
            List<String> hosts = request.headers().get("host");
            return hosts == null ? "" : hosts.getFirst();
        }
    }
}
