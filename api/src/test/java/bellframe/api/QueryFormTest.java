package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.api.iam.CreateUserRequest;
import bellframe.api.iam.IamOperations;
import bellframe.api.iam.Tag;
import bellframe.api.sts.AssumeRoleRequest;
import bellframe.api.sts.GetCallerIdentityRequest;
import bellframe.api.sts.PolicyDescriptorType;
import bellframe.api.sts.StsOperations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How forms are read, tried with CreateUser and AssumeRole.
class QueryFormTest {

    private static final String ROLE = "RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=s";

    @Test
    void theActionAndTheVersionAreFieldsLikeOthers() {
        QueryForm form = form("Version=2010-05-08&UserName=x&Action=CreateUser");

        assertThat(form.action()).isEqualTo("CreateUser");
        assertThat(form.version()).isEqualTo("2010-05-08");
        assertThat(form("").action()).isNull();
        assertThat(form("").version()).isNull();
    }

    @Test
    void listsOfStructuresAreReadByTheirIndices() {
        CreateUserRequest request = createUser("""
                Action=CreateUser&Version=2010-05-08&UserName=x&Path=%2Fa%2F\
                &Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.2.Key=l&Tags.member.2.Value=""");

        assertThat(request).isEqualTo(CreateUserRequest.builder()
                .userName("x")
                .path("/a/")
                .tags(List.of(new Tag("k", "v"), new Tag("l", "")))
                .build());
    }

    @Test
    void listsOfStringsAreReadByTheirIndices() {
        AssumeRoleRequest request = assumeRole(ROLE + "&TransitiveTagKeys.member.1=a&TransitiveTagKeys.member.2=b");

        assertThat(request.transitiveTagKeys()).containsExactly("a", "b");
    }

    @Test
    void indicesOrderItemsAsNumbersAndMayHaveGaps() {
        AssumeRoleRequest request = assumeRole(ROLE + """
                &TransitiveTagKeys.member.10=c&TransitiveTagKeys.member.9=b&TransitiveTagKeys.member.999999=d\
                &TransitiveTagKeys.member.2=a""");

        assertThat(request.transitiveTagKeys()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void anEmptyListOrStructureIsAFieldWithoutText() {
        assertThat(createUser("UserName=x&Tags=").tags()).isEmpty();
        assertThat(createUser("UserName=x").tags()).isNull();
        assertThat(assumeRole(ROLE + "&PolicyArns.member.1=").policyArns())
                .containsExactly(new PolicyDescriptorType(null));
    }

    @Test
    void anInputWithoutMembersIsReadFromAnyForm() {
        assertThat(StsOperations.GET_CALLER_IDENTITY.reader().read(form("").input()))
                .isEqualTo(new GetCallerIdentityRequest());
        assertThat(StsOperations.GET_CALLER_IDENTITY.reader().read(form("Action=GetCallerIdentity&x=1").input()))
                .isEqualTo(new GetCallerIdentityRequest());
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(createUser("UserName=x&New.member.0=1&=2&.=3&Tag.Key=4&username=5&" + "a.".repeat(10_000) + "=6"))
                .isEqualTo(createUser("UserName=x"));
    }

    @Test
    void aFieldMayHaveAHugeName() {
        String huge = "a".repeat(1 << 20);

        assertThat(createUser("UserName=x&" + huge + "=")).isEqualTo(createUser("UserName=x"));
        assertRefused("UserName=x&Tags.member.1." + huge + "=", "Tags[0].Key: is required");
        assertRefused("UserName=x&Tags." + huge + "=",
                "Tags: must be a list of fields member.1, member.2 and so on");
    }

    @Test
    void nothingBetweenSeparatorsIsNoField() {
        assertThat(createUser("&&UserName=x&&&Path=/&")).isEqualTo(createUser("UserName=x&Path=/"));
    }

    @Test
    void onlyTheFirstEqualsSignSeparates() {
        assertThat(createUser("UserName=a=b%3Dc=").userName()).isEqualTo("a=b=c=");
        assertThat(createUser("UserName").userName()).isEmpty();
    }

    @Test
    void namesAreEscapedLikeValues() {
        assertThat(createUser("%55ser%4eame=%61+%2b%2B\u00E9").userName()).isEqualTo("a ++\u00E9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserName=a&UserName=b", "UserName=a&UserName=a", "x=&x=", "x&x", "a=1&%61=2"})
    void aFieldThatIsThereTwiceIsRefused(String body) {
        assertRefused(body, "the form must not hold a field twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserName=%", "UserName=%4", "UserName=%4&a=1", "UserName=%4g", "UserName=%-1", "%zz=1",
            "UserName=%+1", "UserName=%\u0664\u0661"})
    void aBrokenEscapeIsRefused(String body) {
        assertRefused(body, "the form has a percent sign without two hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%C0%80", "%ed%a0%80", "%c3", "%e2%82", "%f8%a0%80%80%80", "%f4%90%80%80", "%80"})
    void invalidUtf8IsRefused(String escaped) {
        assertRefused("UserName=" + escaped, "the form is not valid UTF-8");
        assertRefused("UserName=x&" + escaped + "=x", "the form is not valid UTF-8");
    }

    @Test
    void theNumberOfFieldsIsBounded() {
        assertThat(createUser("UserName=x" + fields(999)).userName()).isEqualTo("x");
        assertRefused("UserName=x" + fields(1_000), "the form must hold at most 1000 fields");
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "&f" + i + "=").collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tags.member.0.Key=k", "Tags.member.01.Key=k", "Tags.member.-1.Key=k", "Tags.1.Key=k",
            "Tags.member.1000000.Key=k", "Tags.member.Key=k", "Tags.Key=k", "Tags.=k", "Tags.member.\u0661.Key=k",
            "Tags.member.1=&Tags.entry.2=", "Tags.member.1Key=k", "Tags.member.99999999999999999999.Key=k"})
    void anIndexIsAWholeNumberFromOne(String field) {
        assertRefused("UserName=x&" + field, "Tags: must be a list of fields member.1, member.2 and so on");
    }

    @ParameterizedTest
    @CsvSource({
            "Tags=secret, Tags: must be a list",
            "Tags.member.1=secret, Tags[0]: must be a structure",
            "Tags.member.7.Key=secret, Tags[0].Value: is required",
            "Tags.member.3=&Tags.member.4.Key=k, Tags[0].Key: is required",
            "Tags.member.1.Key.member.1=secret, Tags[0].Key: must be a single value",
            "Path.member.1=secret, Path: must be a single value"})
    void aValueOfTheWrongTypeIsRefusedWithoutQuotingIt(String fields, String message) {
        assertRefused("UserName=x&" + fields, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "1.5", "1e3", "+1", "+900", "2147483648", "\u0661"})
    void aNumberIsOneInAsciiDigits(String text) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> assumeRole(ROLE + "&DurationSeconds=" + text.replace("+", "%2B")))
                .withMessage("DurationSeconds: must be a whole number");
    }

    @Test
    void anItemsMessageCountsItemsAndNotIndices() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> assumeRole(ROLE + "&Tags.member.5.Key=k&Tags.member.5.Value=&Tags.member.8.Key=l"))
                .withMessage("Tags[1].Value: is required");
    }

    @Test
    void everyCodePointSurvives() {
        int step = 4096;
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += step) {
            String text = IntStream.range(first, first + step)
                    .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());

            assertThat(createUser("UserName=" + escaped(text)).userName()).isEqualTo(text);
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02x".formatted(unit));
        }
        return escaped.toString();
    }

    private static void assertRefused(String body, String message) {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> createUser(body)).withMessage(message);
    }

    private static CreateUserRequest createUser(String body) {
        return IamOperations.CREATE_USER.reader().read(form(body).input());
    }

    private static AssumeRoleRequest assumeRole(String body) {
        return StsOperations.ASSUME_ROLE.reader().read(form(body).input());
    }

    private static QueryForm form(String body) {
        return QueryForm.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
