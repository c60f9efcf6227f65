package bellframe.http;

import bellframe.api.Call;
import bellframe.api.Operation;
import bellframe.credentials.Origin;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.SignedService;
import bellframe.credentials.Signer;
import bellframe.limits.OperationRates;
import bellframe.refusals.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// REST with JSON, which the Chime services speak: method and path name the operation.
final class RestJson implements Protocol {

    private final Router router;
    private final Gates gates;

    RestJson(Router router, Gates gates) {
        this.router = router;
        this.gates = gates;
    }

    /// What nobody else wants.
    @Override
    public boolean claims(SignedRequest request) {
        return true;
    }

    @Override
    public Invocation find(SignedRequest request) {
        Query query = Query.parse(request.rawQuery());
        Route route = router.find(request.method(), request.rawPath(), query);
        return new RestInvocation(request, route, query);
    }

    @Override
    public Answer refusal(SignedRequest request, String requestId, Refusal refusal, String message) {
        return Answer.refusal(requestId, refusal, message);
    }

    private final class RestInvocation implements Invocation {

        private final SignedRequest request;
        private final Route route;
        private final Query query;

        RestInvocation(SignedRequest request, Route route, Query query) {
            this.request = request;
            this.route = route;
            this.query = query;
        }

        @Override
        public String operation() {
            return route.endpoint().operation().name();
        }

        @Override
        public Answer run(String requestId, Origin origin, Trail trail) {
            Signer signer = gates.authentication().authenticate(request, SignedService.CHIME);
            trail.signedBy(signer);
            if (route.endpoint().operation().bearer()) {
                BearerHeader.check(request.headers().getOrDefault(BearerHeader.NAME, List.of()));
            }
            BodyType.check(request);
            return invoke(route.endpoint(), requestId, signer, origin, trail);
        }

        private <S> Answer invoke(Endpoint<S> endpoint, String requestId, Signer signer, Origin origin, Trail trail) {
            return invoke(endpoint.operation(), endpoint.service(), requestId, signer, origin, trail);
        }

        private <S, I, O> Answer invoke(Operation<S, I, O> operation, S service, String requestId, Signer signer,
                Origin origin, Trail trail) {
            I input = operation.reader().read(new RequestInput(request, route.labels(), query));
            operation.validator().validate(input);
            List<String> resources = operation.resources().of(input);
            trail.concerns(resources);
            gates.authorization().require(signer.principal(), origin, "chime:" + operation.name(), resources);
            gates.throttling().draw(OperationRates.of(operation.name()), resources);
            Call call = Calls.signed(request, requestId, signer, origin);
            O output = operation.handler().handle(service, call, input);
            return Answer.success(requestId, operation.successStatus(), json(operation, output));
        }

        /// An operation without output answers nothing, which the tables mark with a null output.
        private <O> byte[] json(Operation<?, ?, O> operation, @Nullable O output) {
            return output == null ? Answer.NO_BODY : Answer.json(json -> operation.writer().write(json, output));
        }
    }
}
