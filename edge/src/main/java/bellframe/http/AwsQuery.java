package bellframe.http;

import bellframe.api.Call;
import bellframe.api.InvalidInput;
import bellframe.api.QueryAnswer;
import bellframe.api.QueryForm;
import bellframe.api.QueryOperation;
import bellframe.credentials.Origin;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.Signer;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The AWS Query protocol, which IAM and STS speak: a form names the operation, the answer is XML.
final class AwsQuery implements Protocol {

    private static final int OK = 200;
    private static final String FORM = "application/x-www-form-urlencoded";

    /// Whoever calls these has no key yet.
    private static final Set<String> UNSIGNED = Set.of("AssumeRoleWithWebIdentity");

    /// The fields of forms that say what a call is about, and hold no secret.
    private static final List<String> TARGETS = List.of("UserName", "RoleName", "PolicyName", "AccessKeyId", "Status",
            "OpenIDConnectProviderArn", "Url", "RoleArn", "RoleSessionName");

    private final List<QueryEndpoint<?>> endpoints;
    private final Gates gates;

    AwsQuery(List<QueryEndpoint<?>> endpoints, Gates gates) {
        this.endpoints = List.copyOf(endpoints);
        this.gates = gates;
    }

    @Override
    public boolean claims(SignedRequest request) {
        return !endpoints.isEmpty() && request.rawPath().equals("/") && (isForm(request) || namesAction(request));
    }

    private static boolean isForm(SignedRequest request) {
        List<String> types = request.headers().getOrDefault("content-type", List.of());
        return request.method().equals("POST")
                && types.stream().anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM));
    }

    /// Whether the operation is named in the query, as in requests that are signed to be made by somebody else.
    private static boolean namesAction(SignedRequest request) {
        return request.rawQuery().startsWith("Action=") || request.rawQuery().contains("&Action=");
    }

    @Override
    public Invocation find(SignedRequest request) {
        QueryForm form = form(request);
        String action = form.action();
        QueryEndpoint<?> endpoint = endpoint(form)
                .orElseThrow(() -> new Refused(Refusal.UNKNOWN_OPERATION, "No service has this Version."));
        if (action == null) {
            throw new Refused(Refusal.UNKNOWN_OPERATION, "The request names no Action.");
        }
        return invocation(endpoint, action, request, form);
    }

    private static QueryForm form(SignedRequest request) {
        return QueryForm.parse(isForm(request)
                ? request.body()
                : request.rawQuery().getBytes(StandardCharsets.ISO_8859_1));
    }

    private Optional<QueryEndpoint<?>> endpoint(QueryForm form) {
        String version = form.version();
        return endpoints.stream().filter(endpoint -> endpoint.service().version().equals(version)).findFirst();
    }

    private <S> Invocation invocation(QueryEndpoint<S> endpoint, String action, SignedRequest request,
            QueryForm form) {
        QueryOperation<S, ?, ?> operation = endpoint.service()
                .operation(action)
                .orElseThrow(() -> new Refused(Refusal.UNKNOWN_OPERATION,
                        "Could not find this operation for version " + endpoint.service().version()));
        return new QueryInvocation<>(endpoint, operation, request, form);
    }

    @Override
    public Answer refusal(SignedRequest request, String requestId, Refusal refusal, String message) {
        var answer = new QueryAnswer(namespace(request), requestId);
        QueryErrors.Told told = QueryErrors.of(refusal);
        return new Answer(requestId, told.status(), told.code(), Answer.ContentType.XML,
                answer.error(told.status(), told.code(), message));
    }

    /// That of the service the request is for, as far as it can be told.
    private String namespace(SignedRequest request) {
        QueryEndpoint<?> first = endpoints.getFirst();
        try {
            return endpoint(form(request)).orElse(first).service().xmlNamespace();
        } catch (InvalidInput unreadable) {
            return first.service().xmlNamespace();
        }
    }

    private final class QueryInvocation<S, I, O> implements Invocation {

        private final QueryEndpoint<S> endpoint;
        private final QueryOperation<S, I, O> operation;
        private final SignedRequest request;
        private final QueryForm form;

        QueryInvocation(QueryEndpoint<S> endpoint, QueryOperation<S, I, O> operation, SignedRequest request,
                QueryForm form) {
            this.endpoint = endpoint;
            this.operation = operation;
            this.request = request;
            this.form = form;
        }

        @Override
        public String operation() {
            return operation.name();
        }

        @Override
        public Answer run(String requestId, Origin origin, Trail trail) {
            trail.concerns(TARGETS.stream().map(form::field).filter(Objects::nonNull).toList());
            Call call = call(requestId, origin, trail);
            I input = operation.reader().read(form.input());
            operation.validator().validate(input);
            gates.throttling().draw(List.of(endpoint.rate()), List.of());
            O output = operation.handler().handle(endpoint.implementation(), call, input);
            var answer = new QueryAnswer(endpoint.service().xmlNamespace(), requestId);
            return new Answer(requestId, OK, null, Answer.ContentType.XML, answer.success(operation, output));
        }

        private Call call(String requestId, Origin origin, Trail trail) {
            if (UNSIGNED.contains(operation.name())) {
                return Calls.anonymous(request, requestId, origin);
            }
            Signer signer = gates.authentication().authenticate(request, endpoint.signedFor());
            trail.signedBy(signer);
            return Calls.signed(request, requestId, signer, origin);
        }
    }
}
