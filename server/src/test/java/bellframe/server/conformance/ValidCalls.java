package bellframe.server.conformance;

import bellframe.api.ModelFile;
import bellframe.api.Operation;
import bellframe.api.RequestParts;
import bellframe.api.Samples;
import bellframe.server.SdkClients;
import bellframe.server.SignedRequests;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.Set;

/// For each operation a call that succeeds when root makes it, for tests that have others make it.
public final class ValidCalls {

    /// Operations that no input makes succeed.
    static final Set<String> NEVER_SUCCESSFUL = Set.of("ChannelFlowCallback", "ListSubChannels");

    /// A call, to be changed at will.
    public record ValidCall(ModelFile model, Operation<?, ?, ?> operation, ObjectNode input) {

        /// The call with another value of a member, if the operation has that member.
        public ValidCall with(String member, String value) {
            ObjectNode changed = input.deepCopy();
            if (model.input(operation).path("members").has(member)) {
                changed.put(member, value);
            }
            return new ValidCall(model, operation, changed);
        }

        public boolean has(String member) {
            return input.has(member);
        }

        /// Whether an answer is the one to a call that succeeded.
        public boolean isSuccess(HttpResponse<String> answer) {
            return answer.statusCode() == operation.successStatus();
        }

        public boolean canSucceed() {
            return !NEVER_SUCCESSFUL.contains(operation.name());
        }

        public HttpResponse<String> sendBy(SignedRequests requests) {
            return WireRequest.of(operation, RequestParts.of(model, operation, input)).sendBy(requests);
        }
    }

    private final Baseline.Shared shared;

    /// @param root clients that may do everything
    public ValidCalls(SdkClients root) {
        shared = Baseline.Shared.of(root);
    }

    /// A call of an operation, after everything it needs has been created.
    public ValidCall of(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).minimal(model.input(operation));
        new Baseline(shared, operation).fill(operation, input, "");
        return new ValidCall(model, operation, input);
    }
}
