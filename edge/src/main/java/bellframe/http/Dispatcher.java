package bellframe.http;

import bellframe.api.InvalidInput;
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

/// Has requests answered in the protocol that they speak, and sees how that went.
///
/// Runs on the request's virtual thread and may block. It always answers: what no table row covers becomes a
/// service failure whose cause only the log shows.
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String REQUEST_ID = "requestId";
    private static final String NO_OPERATION = "none";
    private static final String NO_ERROR = "none";

    private final List<Protocol> protocols;
    private final FailedSignatures failedSignatures;
    private final Audit audit;
    private final RequestMetrics metrics;
    private final long slowNanos;

    /// @param protocols of those that claim a request the first; one claims every request
    /// @param slow from how long on an operation is worth a line in the log
    Dispatcher(List<Protocol> protocols, FailedSignatures failedSignatures, Audit audit, RequestMetrics metrics,
            Duration slow) {
        this.audit = audit;
        this.protocols = List.copyOf(protocols);
        this.failedSignatures = failedSignatures;
        this.metrics = metrics;
        this.slowNanos = slow.toNanos();
    }

    Answer dispatch(SignedRequest request, String requestId, Client client) {
        long start = metrics.clock().monotonicTime();
        MDC.put(REQUEST_ID, requestId);
        try {
            return new Attempt(request, requestId, client).answer(start);
        } finally {
            MDC.remove(REQUEST_ID);
        }
    }

    private Protocol protocolOf(SignedRequest request) {
        for (Protocol protocol : protocols) {
            if (protocol.claims(request)) {
                return protocol;
            }
        }
        throw new IllegalStateException("no protocol claims " + request);
    }

    /// One request on its way.
    private final class Attempt {

        private final SignedRequest request;
        private final String requestId;
        private final Client client;
        private final Protocol protocol;
        private final Trail trail = new Trail();
        private String operation = NO_OPERATION;

        Attempt(SignedRequest request, String requestId, Client client) {
            this.request = request;
            this.requestId = requestId;
            this.client = client;
            this.protocol = protocolOf(request);
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
                failedSignatures.check(client.network());
                Protocol.Invocation invocation = protocol.find(request);
                operation = invocation.operation();
                Answer answer = invocation.run(requestId, client.origin(), trail);
                audit.note(requestId, operation, trail, client.origin(), null);
                return answer;
            } catch (InvalidInput invalid) {
                return refusal(Refusal.INVALID_INPUT, invalid.getMessage());
            } catch (RuntimeException | Error failure) {
                Refused refused = Refused.because(failure);
                failedSignatures.count(client.network(), refused.refusal());
                if (refused.refusal() == Refusal.INTERNAL_FAILURE) {
                    LOG.error("{} failed", operation, failure);
                }
                return refusal(refused.refusal(), refused.getMessage());
            }
        }

        private Answer refusal(Refusal refusal, @Nullable String message) {
            audit.note(requestId, operation, trail, client.origin(), refusal);
            return protocol.refusal(request, requestId, refusal, message == null ? refusal.text() : message);
        }
    }
}
