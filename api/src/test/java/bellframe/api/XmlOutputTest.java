package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.iam.CreateUserResponse;
import bellframe.api.iam.IamOperations;
import bellframe.api.iam.ListOpenIDConnectProvidersResponse;
import bellframe.api.iam.ListRolePoliciesResponse;
import bellframe.api.iam.ListUsersResponse;
import bellframe.api.iam.Tag;
import bellframe.api.iam.UpdateRoleResponse;
import bellframe.api.iam.User;
import bellframe.api.sts.AssumeRoleResponse;
import bellframe.api.sts.Credentials;
import bellframe.api.sts.GetCallerIdentityResponse;
import bellframe.api.sts.StsOperations;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class XmlOutputTest {

    private static final QueryAnswer IAM = new QueryAnswer(IamOperations.SERVICE.xmlNamespace(), "4a-1");
    private static final QueryAnswer STS = new QueryAnswer(StsOperations.SERVICE.xmlNamespace(), "4a-1");

    @Test
    void anAnswerHoldsTheResultAndTheRequestId() {
        User user = User.builder()
                .path("/")
                .userName("x")
                .userId("AIDA")
                .arn("arn:aws:iam::123456789012:user/x")
                .createDate(Instant.parse("2026-11-25T17:34:06.789Z"))
                .tags(List.of(new Tag("k", "v"), new Tag("l", "")))
                .build();

        assertThat(answer(IamOperations.CREATE_USER, new CreateUserResponse(user))).isEqualTo("""
                <CreateUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><CreateUserResult><User>\
                <Path>/</Path><UserName>x</UserName><UserId>AIDA</UserId><Arn>arn:aws:iam::123456789012:user/x</Arn>\
                <CreateDate>2026-11-25T17:34:06Z</CreateDate><Tags><member><Key>k</Key><Value>v</Value></member>\
                <member><Key>l</Key><Value></Value></member></Tags></User></CreateUserResult>\
                <ResponseMetadata><RequestId>4a-1</RequestId></ResponseMetadata></CreateUserResponse>""");
    }

    @Test
    void anOperationWithoutOutputHasNoResult() {
        assertThat(answer(IamOperations.DELETE_USER, null)).isEqualTo("""
                <DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">\
                <ResponseMetadata><RequestId>4a-1</RequestId></ResponseMetadata></DeleteUserResponse>""");
    }

    @Test
    void anOutputWithoutMembersIsAnEmptyResult() {
        assertThat(answer(IamOperations.UPDATE_ROLE, new UpdateRoleResponse())).contains(
                "><UpdateRoleResult></UpdateRoleResult><ResponseMetadata>");
    }

    @Test
    void anEmptyListIsAnEmptyElementAndAnAbsentOneIsNone() {
        assertThat(answer(IamOperations.LIST_USERS, new ListUsersResponse(List.of(), false, null))).contains(
                "<ListUsersResult><Users></Users><IsTruncated>false</IsTruncated></ListUsersResult>");
        assertThat(answer(IamOperations.LIST_OPEN_ID_CONNECT_PROVIDERS, new ListOpenIDConnectProvidersResponse(null)))
                .contains("<ListOpenIDConnectProvidersResult></ListOpenIDConnectProvidersResult>");
    }

    @Test
    void aListOfStringsHoldsThemAsMembers() {
        assertThat(answer(IamOperations.LIST_ROLE_POLICIES, new ListRolePoliciesResponse(List.of("a", "b"), true, "m")))
                .contains("<PolicyNames><member>a</member><member>b</member></PolicyNames>"
                        + "<IsTruncated>true</IsTruncated><Marker>m</Marker>");
    }

    @ParameterizedTest
    @CsvSource({"400, Sender", "404, Sender", "409, Sender", "499, Sender", "500, Receiver", "503, Receiver"})
    void anErrorSaysWhoseFaultItIs(int status, String type) {
        assertThat(text(IAM.error(status, "NoSuchEntity", "no <such> user"))).isEqualTo("""
                <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>%s</Type>\
                <Code>NoSuchEntity</Code><Message>no &lt;such&gt; user</Message></Error>\
                <RequestId>4a-1</RequestId></ErrorResponse>""".formatted(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a>&amp;\"'", "]]>", "<![CDATA[x]]>", "<!-- x", "&#0;", " a ", "\t\n", "a\r\nb\rc\r", "",
            "\u0085\u2028\u2029", "\uFEFF", "\u007F\u0080\u009F"})
    void textIsReadBackAsItWas(String text) throws Exception {
        assertThat(readBack(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\b", "\u000B", "\u001F", "\uFFFE", "\uFFFF", "\uD800", "\uDC00", "\uDBFFx"})
    void whatXmlCannotHoldIsReplaced(String text) throws Exception {
        assertThat(readBack("a" + text + "b")).isEqualTo("a\uFFFD" + text.substring(1) + "b");
    }

    @Test
    void everyOtherCodePointSurvives() throws Exception {
        int step = 4096;
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += step) {
            String text = IntStream.range(first, first + step)
                    .filter(XmlOutputTest::isXmlCharacter)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());

            assertThat(readBack(text)).isEqualTo(text);
        }
    }

    /// What XML 1.0 calls `Char`.
    static boolean isXmlCharacter(int codePoint) {
        return codePoint == 0x9 || codePoint == 0xA || codePoint == 0xD
                || (codePoint >= 0x20 && codePoint <= 0xD7FF)
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
                || codePoint >= 0x10000;
    }

    @Test
    void secretsDoNotShowInARecordsText() {
        var credentials = new Credentials("ASIA", "the secret", "the token", Instant.EPOCH);

        assertThat(AssumeRoleResponse.builder().credentials(credentials).build().toString()).contains("ASIA")
                .doesNotContain("the secret")
                .doesNotContain("the token");
    }

    private static String readBack(String text) throws Exception {
        Element root = XmlTree.root(STS.success(StsOperations.GET_CALLER_IDENTITY,
                new GetCallerIdentityResponse(text, null, null)));
        Element result = XmlTree.children(root).getFirst();
        JsonNode read = new XmlTree(ModelFile.STS).read("GetCallerIdentityResponse", result);
        return read.get("UserId").asText();
    }

    private static <O> String answer(QueryOperation<?, ?, O> operation, @Nullable O output) {
        return text(IAM.success(operation, output));
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }
}
