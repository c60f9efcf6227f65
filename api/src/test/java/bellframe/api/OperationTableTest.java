package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.identity.IdentityOperations;
import bellframe.api.messaging.MessagingOperations;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationTableTest {

    private static final Call CALL = new Call("request", "arn:aws:iam::123456789012:root", "AKIDEXAMPLE",
            null, "localhost", "127.0.0.1", false, null);

    @Test
    void everyOperationOfTheModelsIsInTheTable() {
        assertThat(MessagingOperations.ALL).hasSize(51);
        assertThat(IdentityOperations.ALL).hasSize(30);
        ModelFile.all()
                .forEach(model -> assertThat(model.table().stream().map(Operation::name))
                        .containsExactlyElementsOf(
                                model.root().get("operations").propertyStream().map(entry -> entry.getKey()).toList()));
    }

    @Test
    void noTwoOperationsShareARouteExceptTheTagsOfBothServices() {
        List<String> routes = ModelFile.all()
                .flatMap(model -> model.table().stream())
                .map(OperationTableTest::route)
                .toList();

        List<String> repeated = routes.stream()
                .filter(route -> routes.indexOf(route) != routes.lastIndexOf(route))
                .distinct()
                .toList();

        assertThat(repeated).containsExactlyInAnyOrder("GET tags null",
                "POST tags FixedQuery[name=operation, value=tag-resource]",
                "POST tags FixedQuery[name=operation, value=untag-resource]");
    }

    /// Labels match any segment, so their names do not tell routes apart.
    private static String route(Operation<?, ?, ?> operation) {
        String path = String.join("/", operation.path()).replaceAll("\\{[^}]*}", "{}");
        return operation.method() + " " + path + " " + operation.fixedQuery();
    }

    static Stream<Object[]> operations() {
        return InputConstraintsTest.operations();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationsRowSaysWhatTheModelSays(ModelFile model, Operation<?, ?, ?> operation) {
        JsonNode expected = model.operation(operation.name());
        String query = operation.fixedQuery() == null
                ? ""
                : "?" + operation.fixedQuery().name() + "=" + operation.fixedQuery().value();

        assertThat(operation.method()).isEqualTo(expected.at("/http/method").asText());
        assertThat("/" + String.join("/", operation.path()) + query)
                .isEqualTo(expected.at("/http/requestUri").asText());
        assertThat(operation.successStatus()).isEqualTo(expected.at("/http/responseCode").asInt(200));
        assertThat(operation.errors())
                .containsExactlyElementsOf(expected.get("errors").valueStream().map(ModelFile::shapeOf).toList());
        assertThat(operation.bearer()).isEqualTo(model.input(operation).get("members").has("ChimeBearer"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    @SuppressWarnings("unchecked") // The proxy is of the interface that the table is for.
    void anOperationCallsItsMethod(ModelFile model, Operation<?, ?, ?> operation) throws Exception {
        var row = (Operation<Object, Object, Object>) operation;
        List<String> called = new ArrayList<>();
        Object input = row.reader().read(RequestParts.of(model, row, new Samples(model).minimal(model.input(row))));

        Object output = row.handler().handle(serviceThatNotes(model, called, input), CALL, input);

        assertThat(called).map(name -> name.toLowerCase(Locale.ROOT))
                .containsExactly(row.name().toLowerCase(Locale.ROOT));
        if (!model.operation(row.name()).has("output")) {
            assertThat(written(row, output)).isEmpty();
        }
    }

    /// A service that answers nothing and notes which method was called with the input.
    private static Object serviceThatNotes(ModelFile model, List<String> called, Object input) {
        Class<?> service = model.service();
        return Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[]{service}, (_, method, arguments) -> {
            assertThat(arguments).containsExactly(CALL, input);
            called.add(method.getName());
            return null;
        });
    }

    private static String written(Operation<Object, Object, Object> operation, Object output) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            operation.writer().write(json, output);
        }
        return text.toString();
    }
}
