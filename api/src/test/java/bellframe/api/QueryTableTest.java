package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.iam.IamOperations;
import bellframe.api.sts.StsOperations;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryTableTest {

    private static final Call CALL = new Call("request", "arn:aws:iam::123456789012:root", "AKIDEXAMPLE", null,
            "localhost",
            "127.0.0.1", false, null);

    @Test
    void theOperationsThatApplicationsUseAreInTheTables() {
        assertThat(IamOperations.ALL).extracting(QueryOperation::name)
                .containsExactly("AddClientIDToOpenIDConnectProvider", "CreateAccessKey", "CreateOpenIDConnectProvider",
                        "CreateRole", "CreateUser",
                        "DeleteAccessKey", "DeleteOpenIDConnectProvider", "DeleteRole", "DeleteRolePolicy",
                        "DeleteUser", "DeleteUserPolicy", "GetOpenIDConnectProvider", "GetRole", "GetRolePolicy",
                        "GetUser", "GetUserPolicy", "ListAccessKeys", "ListAttachedRolePolicies",
                        "ListAttachedUserPolicies", "ListGroupsForUser", "ListInstanceProfilesForRole",
                        "ListOpenIDConnectProviderTags", "ListOpenIDConnectProviders", "ListRolePolicies",
                        "ListRoleTags", "ListRoles",
                        "ListUserPolicies", "ListUserTags", "ListUsers", "PutRolePolicy", "PutUserPolicy",
                        "RemoveClientIDFromOpenIDConnectProvider", "TagOpenIDConnectProvider", "TagRole", "TagUser",
                        "UntagOpenIDConnectProvider", "UntagRole", "UntagUser", "UpdateAccessKey",
                        "UpdateAssumeRolePolicy", "UpdateOpenIDConnectProviderThumbprint", "UpdateRole");
        assertThat(StsOperations.ALL).extracting(QueryOperation::name)
                .containsExactly("AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity", "GetSessionToken");
    }

    @Test
    void aServiceIsDescribedAsClientsKnowIt() {
        assertThat(IamOperations.SERVICE).isEqualTo(new QueryService<>("iam", "2010-05-08",
                "https://iam.amazonaws.com/doc/2010-05-08/", IamOperations.ALL));
        assertThat(StsOperations.SERVICE).isEqualTo(new QueryService<>("sts", "2011-06-15",
                "https://sts.amazonaws.com/doc/2011-06-15/", StsOperations.ALL));
    }

    @Test
    void anOperationIsFoundByItsExactName() {
        assertThat(StsOperations.SERVICE.operation("GetCallerIdentity")).contains(StsOperations.GET_CALLER_IDENTITY);
        assertThat(StsOperations.SERVICE.operation("getCallerIdentity")).isEmpty();
        assertThat(StsOperations.SERVICE.operation("CreateUser")).isEmpty();
    }

    /// An operation of the Query protocol and its model.
    record Row(ModelFile model, QueryService<?> service, QueryOperation<?, ?, ?> operation) {

        JsonNode expected() {
            return model.operation(operation.name());
        }

        boolean hasOutput() {
            return expected().has("output");
        }

        @Override
        public String toString() {
            return operation.name();
        }
    }

    static Stream<Row> rows() {
        return Stream.concat(rows(ModelFile.IAM, IamOperations.SERVICE), rows(ModelFile.STS, StsOperations.SERVICE));
    }

    private static Stream<Row> rows(ModelFile model, QueryService<?> service) {
        return service.operations().stream().map(operation -> new Row(model, service, operation));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anOperationHasTheErrorsOfTheModelByTheirCodes(Row row) {
        assertThat(row.operation().errors()).containsExactlyElementsOf(row.expected()
                .path("errors")
                .valueStream()
                .map(error -> row.model().shape(ModelFile.shapeOf(error)).at("/error/code").asText())
                .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    @SuppressWarnings("unchecked") // The proxy is of the interface that the table is for.
    void anOperationCallsItsMethod(Row row) {
        var operation = (QueryOperation<Object, Object, Object>) row.operation();
        List<String> called = new ArrayList<>();
        JsonNode structure = row.model().shape(ModelFile.shapeOf(row.expected().get("input")));
        byte[] form = FormFields.of(new Samples(row.model()).minimal(structure)).bytes();
        Object input = operation.reader().read(QueryForm.parse(form).input());

        operation.handler().handle(serviceThatNotes(row.model(), called, input), CALL, input);

        assertThat(called).map(name -> name.toLowerCase(Locale.ROOT))
                .containsExactly(operation.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void onlyAnOperationWithOutputAnswersWithAResult(Row row) throws Exception {
        String name = row.operation().name();

        String answer = new String(answer(row), StandardCharsets.UTF_8);

        assertThat(answer).startsWith("<%sResponse xmlns=\"%s\">".formatted(name, row.service().xmlNamespace()))
                .endsWith("<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%sResponse>".formatted(name));
        assertThat(answer.contains("<%sResult>".formatted(name))).isEqualTo(row.hasOutput());
    }

    @SuppressWarnings("unchecked") // The table does not say which operation answers with which record.
    private static byte[] answer(Row row) throws Exception {
        return new QueryAnswer(row.service().xmlNamespace(), "r")
                .success((QueryOperation<?, ?, Object>) row.operation(), sampleOutput(row));
    }

    private static @Nullable Object sampleOutput(Row row) throws Exception {
        if (!row.hasOutput()) {
            return null;
        }
        String shape = ModelFile.shapeOf(row.expected().get("output"));
        return Records.of(row.model(), shape, new Samples(row.model()).full(row.model().shape(shape)));
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
}
