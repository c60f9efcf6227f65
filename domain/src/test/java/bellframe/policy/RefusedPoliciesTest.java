package bellframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.policy.PolicyDocument.Kind;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

/// Documents that are refused, and what is said about them.
class RefusedPoliciesTest {

    private static final String GOOD = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                   | Policy document: is empty
            x                                                    | Policy document: is not JSON at line 1, column 1
            {"Statement":                                        | Policy document: is not JSON at line 1, column 14
            "text"                                               | Policy document: must be an object
            null                                                 | Policy document: must be an object
            [{}]                                                 | Policy document: must be an object
            {}                                                   | Policy document: must not be empty
            {"Version":"2012-10-17"}                             | Policy document: has no Statement
            {"Statement":[]}                                     | Statement: must not be empty
            {"Statement":{}}                                     | Statement 1: must not be empty
            {"Statement":"*"}                                    | Statement 1: must be an object
            {"Statement":[[]]}                                   | Statement 1: must be an object
            {"Statement":[GOOD,null]}                            | Statement 2: must be an object
            {"Statement":GOOD} {}                                | Policy document: has something after its end
            {"Statement":GOOD}]                                  | Policy document: is not JSON at line 1, column 61
            {"Statement":GOOD,"Statement":GOOD}                  | Policy document: has 'Statement' twice
            {"statement":GOOD}                                   | Policy document: has the unsupported element 'statement'
            {"Statement":GOOD,"Comment":""}                      | Policy document: has the unsupported element 'Comment'
            {"Version":"2030-01-01","Statement":GOOD}            | Version: must be 2012-10-17 or 2008-10-17
            {"Version":2012,"Statement":GOOD}                    | Version: must be a string
            {"Id":["x"],"Statement":GOOD}                        | Id: must be a string
            {"Statement":[[[[[[[GOOD]]]]]]]}                     | Policy document: nests deeper than any policy
            {"Statement":"é"}                                    | Policy document: has characters that are not ASCII
            """)
    void noDocument(String document, String message) {
        refuses(Kind.IDENTITY, document.replace("GOOD", GOOD), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Effect":"Allow","Action":"*"                                                        | Statement 2: has neither Resource nor NotResource
            "Effect":"Allow","Resource":"*"                                                      | Statement 2: has neither Action nor NotAction
            "Action":"*","Resource":"*"                                                          | Statement 2: has no Effect
            "Effect":"allow","Action":"*","Resource":"*"                                         | Statement 2, Effect: must be Allow or Deny
            "Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"                         | Statement 2: has 'Effect' twice
            "Effect":["Allow"],"Action":"*","Resource":"*"                                       | Statement 2, Effect: must be a string
            "effect":"Allow","Action":"*","Resource":"*"                                         | Statement 2: has the unsupported element 'effect'
            "Effect":"Allow","Action":"*","Resource":"*","Principal":"*"                         | Statement 2: has the unsupported element 'Principal'
            "Effect":"Allow","Action":"*","Resource":"*","NotPrincipal":"*"                      | Statement 2: has the unsupported element 'NotPrincipal'
            "Effect":"Allow","Action":"*","Resource":"*","A\\nB":"*"                             | Statement 2: has the unsupported element 'A?B'
            "Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"                         | Statement 2: has both Action and NotAction
            "Effect":"Allow","Action":"*","Resource":"*","NotResource":"*"                       | Statement 2: has both Resource and NotResource
            "Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"                             | Statement 2, Sid: must have letters and digits only
            "Sid":"first","Effect":"Allow","Action":"*","Resource":"*"                           | Statement 2, Sid: is the same as that of an earlier statement
            "Sid":1,"Effect":"Allow","Action":"*","Resource":"*"                                 | Statement 2, Sid: must be a string
            "Effect":"Allow","Action":[],"Resource":"*"                                          | Statement 2, Action: must not be empty
            "Effect":"Allow","Action":[["*"]],"Resource":"*"                                     | Statement 2, Action: must be a string
            "Effect":"Allow","Action":{"a":"*"},"Resource":"*"                                   | Statement 2, Action: must be a string
            "Effect":"Allow","Action":["*",true],"Resource":"*"                                  | Statement 2, Action: must be a string
            "Effect":"Allow","Action":"","Resource":"*"                                          | Statement 2, Action: '' is no action, such as chime:SendChannelMessage or chime:*
            "Effect":"Allow","Action":"SendChannelMessage","Resource":"*"                        | Statement 2, Action: 'SendChannelMessage' is no action, such as chime:SendChannelMessage or chime:*
            "Effect":"Allow","Action":"chime:","Resource":"*"                                    | Statement 2, Action: 'chime:' is no action, such as chime:SendChannelMessage or chime:*
            "Effect":"Allow","NotAction":"chime:${aws:userid}","Resource":"*"                    | Statement 2, NotAction: 'chime:${aws:userid}' is no action, such as chime:SendChannelMessage or chime:*
            "Effect":"Allow","Action":"a:b:c","Resource":"*"                                     | Statement 2, Action: 'a:b:c' is no action, such as chime:SendChannelMessage or chime:*
            "Effect":"Allow","Action":"*","Resource":[]                                          | Statement 2, Resource: must not be empty
            "Effect":"Allow","Action":"*","Resource":""                                          | Statement 2, Resource: '' is neither * nor an ARN
            "Effect":"Allow","Action":"*","Resource":"app-instance/*"                            | Statement 2, Resource: 'app-instance/*' is neither * nor an ARN
            "Effect":"Allow","Action":"*","Resource":"**"                                        | Statement 2, Resource: '**' is neither * nor an ARN
            "Effect":"Allow","Action":"*","NotResource":"arn:aws:chime"                          | Statement 2, NotResource: 'arn:aws:chime' is neither * nor an ARN
            "Effect":"Allow","Action":"*","Resource":"ARN:aws:s3:::b"                            | Statement 2, Resource: 'ARN:aws:s3:::b' is neither * nor an ARN
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3::${aws:PrincipalAccount}:b"     | Statement 2, Resource: 'arn:aws:s3::${aws:PrincipalAccount}:b' has a variable before the fifth colon
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3*${aws:userid}"                  | Statement 2, Resource: 'arn:aws:s3*${aws:userid}' has a variable before the fifth colon
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:userid"               | Statement 2, Resource: has a variable without its closing brace
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:userid, 'x}"          | Statement 2, Resource: has a variable without its closing brace
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${}"                        | Statement 2, Resource: '${}' is no variable
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:userid,'x'}"          | Statement 2, Resource: '${aws:userid,'x'}' is no variable
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:userid, x}"           | Statement 2, Resource: '${aws:userid, x}' is no variable
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${ aws:userid}"             | Statement 2, Resource: has the unsupported variable '${ aws:userid}'
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${s3:prefix}"               | Statement 2, Resource: has the unsupported variable '${s3:prefix}'
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/}"       | Statement 2, Resource: has the unsupported variable '${aws:PrincipalTag/}'
            "Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${sts:ExternalId}"          | Statement 2, Resource: has the unsupported variable '${sts:ExternalId}'
            """)
    void noStatement(String statement, String message) {
        String first = "{\"Sid\":\"first\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
        refuses(Kind.IDENTITY, "{\"Version\":\"2012-10-17\",\"Statement\":[" + first + ",{" + statement + "}]}",
                message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                          | Condition: must not be empty
            []                                                          | Condition: must be an object
            {"StringEquals":{}}                                         | Condition, StringEquals: must not be empty
            {"StringEquals":"x"}                                        | Condition, StringEquals: must be an object
            {"StringEquals":{"aws:userid":[]}}                          | Condition, StringEquals, aws:userid: must not be empty
            {"StringEquals":{"aws:userid":null}}                        | Condition, StringEquals, aws:userid: must be a string, a number or a Boolean
            {"StringEquals":{"aws:userid":{"a":"b"}}}                   | Condition, StringEquals, aws:userid: must be a string, a number or a Boolean
            {"StringEquals":{"aws:userid":"a","AWS:userid":"b"}}        | Condition, StringEquals, AWS:userid: stands there twice, in different cases
            {"StringEquals":{"aws:userid":"a","aws:userid":"b"}}        | Condition, StringEquals: has 'aws:userid' twice
            {"Bool":{"aws:userid":true},"Bool":{"aws:username":true}}   | Condition: has 'Bool' twice
            {"StringEquals":{"aws:Nonsense":"a"}}                       | Condition, StringEquals: has the unsupported key 'aws:Nonsense'
            {"StringEquals":{"aws:PrincipalTag":"a"}}                   | Condition, StringEquals: has the unsupported key 'aws:PrincipalTag'
            {"StringEquals":{"aws:PrincipalTag/a*":"a"}}                | Condition, StringEquals: has the unsupported key 'aws:PrincipalTag/a*'
            {"StringEquals":{"aws:RequestTag/a":"a"}}                   | Condition, StringEquals: has the unsupported key 'aws:RequestTag/a'
            {"StringEquals":{"aws:TagKeys":"a"}}                        | Condition, StringEquals: has the unsupported key 'aws:TagKeys'
            {"StringEquals":{"idp.example.com:aud":"a"}}                | Condition, StringEquals: has the unsupported key 'idp.example.com:aud'
            {"stringEquals":{"aws:userid":"a"}}                         | Condition: has the unsupported operator 'stringEquals'
            {"StringMatches":{"aws:userid":"a"}}                        | Condition: has the unsupported operator 'StringMatches'
            {"BinaryEquals":{"aws:userid":"YQ=="}}                      | Condition: has the unsupported operator 'BinaryEquals'
            {"IfExists":{"aws:userid":"a"}}                             | Condition: has the unsupported operator 'IfExists'
            {"ForAnyValue:":{"aws:userid":"a"}}                         | Condition: has the unsupported operator 'ForAnyValue:'
            {"ForAnyValue:IfExists":{"aws:userid":"a"}}                 | Condition: has the unsupported operator 'ForAnyValue:IfExists'
            {"ForSomeValues:StringEquals":{"aws:userid":"a"}}           | Condition: has the unsupported operator 'ForSomeValues:StringEquals'
            {"NullIfExists":{"aws:userid":"true"}}                      | Condition: has the unsupported operator 'NullIfExists'
            {"ForAnyValue:Null":{"aws:userid":"true"}}                  | Condition: has the unsupported operator 'ForAnyValue:Null'
            {"Null":{"aws:userid":"yes"}}                               | Condition, Null, aws:userid: 'yes' is neither true nor false
            {"Bool":{"aws:SecureTransport":"1"}}                        | Condition, Bool, aws:SecureTransport: '1' is neither true nor false
            {"Bool":{"aws:SecureTransport":"${aws:userid}"}}            | Condition, Bool, aws:SecureTransport: '${aws:userid}' is neither true nor false
            {"NumericEquals":{"aws:EpochTime":"${aws:EpochTime}"}}      | Condition, NumericEquals, aws:EpochTime: '${aws:EpochTime}' is no decimal number
            {"NumericEquals":{"aws:EpochTime":1e3}}                     | Condition, NumericEquals, aws:EpochTime: '1e3' is no decimal number
            {"NumericEquals":{"aws:EpochTime":["1","x"]}}               | Condition, NumericEquals, aws:EpochTime: 'x' is no decimal number
            {"DateLessThan":{"aws:CurrentTime":"2030-02-30"}}           | Condition, DateLessThan, aws:CurrentTime: '2030-02-30' is no date, such as 2030-01-31T12:00:00Z, and no number of seconds since 1970
            {"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00"}}  | Condition, DateLessThan, aws:CurrentTime: '2030-01-01T00:00:00' is no date, such as 2030-01-31T12:00:00Z, and no number of seconds since 1970
            {"DateLessThan":{"aws:CurrentTime":1893456000000}}          | Condition, DateLessThan, aws:CurrentTime: '1893456000000' is no date, such as 2030-01-31T12:00:00Z, and no number of seconds since 1970
            {"IpAddress":{"aws:SourceIp":"192.0.2.0/33"}}               | Condition, IpAddress, aws:SourceIp: '192.0.2.0/33' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"2001:db8::/129"}}             | Condition, IpAddress, aws:SourceIp: '2001:db8::/129' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"192.0.2"}}                    | Condition, IpAddress, aws:SourceIp: '192.0.2' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"010.0.0.1"}}                  | Condition, IpAddress, aws:SourceIp: '010.0.0.1' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"localhost"}}                  | Condition, IpAddress, aws:SourceIp: 'localhost' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"example.com/24"}}             | Condition, IpAddress, aws:SourceIp: 'example.com/24' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"fe80::1%eth0"}}               | Condition, IpAddress, aws:SourceIp: 'fe80::1%eth0' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"1:2:3"}}                      | Condition, IpAddress, aws:SourceIp: '1:2:3' is no IP address or range, such as 192.0.2.0/24
            {"IpAddress":{"aws:SourceIp":"192.0.2.0/"}}                 | Condition, IpAddress, aws:SourceIp: '192.0.2.0/' is no IP address or range, such as 192.0.2.0/24
            {"ArnLike":{"aws:PrincipalArn":"arn:aws:iam:*"}}            | Condition, ArnLike, aws:PrincipalArn: 'arn:aws:iam:*' is no ARN of six parts
            {"ArnLike":{"aws:PrincipalArn":"a:b:c:d:e:f"}}              | Condition, ArnLike, aws:PrincipalArn: 'a:b:c:d:e:f' is no ARN of six parts
            {"ArnLike":{"aws:PrincipalArn":"${aws:userid}x"}}           | Condition, ArnLike, aws:PrincipalArn: '${aws:userid}x' is no ARN of six parts
            {"StringLike":{"aws:userid":"${aws:nonsense}"}}             | Condition, StringLike, aws:userid: has the unsupported variable '${aws:nonsense}'
            {"StringLike":{"aws:userid":"${aws:userid"}}                | Condition, StringLike, aws:userid: has a variable without its closing brace
            """)
    void noCondition(String condition, String message) {
        refuses(Kind.IDENTITY,
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":" + condition + "}}",
                "Statement 1, " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Action":"sts:*"                                                       | Statement 1: has no Principal
            "Action":"sts:*","Resource":"*","Principal":"*"                        | Statement 1: has the unsupported element 'Resource'
            "Action":"sts:*","NotPrincipal":"*"                                    | Statement 1: has the unsupported element 'NotPrincipal'
            "Action":"sts:*","Principal":"123456789012"                            | Statement 1, Principal: must be * or an object
            "Action":"sts:*","Principal":["*"]                                     | Statement 1, Principal: must be an object
            "Action":"sts:*","Principal":{}                                        | Statement 1, Principal: must not be empty
            "Action":"sts:*","Principal":{"AWS":[]}                                | Statement 1, Principal, AWS: must not be empty
            "Action":"sts:*","Principal":{"AWS":123456789012}                      | Statement 1, Principal, AWS: must be a string
            "Action":"sts:*","Principal":{"Service":"lambda.amazonaws.com"}        | Statement 1, Principal: has principals of the unsupported type 'Service'
            "Action":"sts:*","Principal":{"CanonicalUser":"1"}                     | Statement 1, Principal: has principals of the unsupported type 'CanonicalUser'
            "Action":"sts:*","Principal":{"AWS":"12345"}                           | Statement 1, Principal, AWS: '12345' is neither * nor an account, a user, a role or a session of one
            "Action":"sts:*","Principal":{"AWS":"arn:aws:iam::123456789012:user/*"} | Statement 1, Principal, AWS: 'arn:aws:iam::123456789012:user/*' is neither * nor an account, a user, a role or a session of one
            "Action":"sts:*","Principal":{"AWS":"arn:aws:iam::123456789012:group/a"} | Statement 1, Principal, AWS: 'arn:aws:iam::123456789012:group/a' is neither * nor an account, a user, a role or a session of one
            "Action":"sts:*","Principal":{"Federated":"idp.example.com"}           | Statement 1, Principal, Federated: 'idp.example.com' is no ARN of an OIDC provider
            "Action":"sts:*","Principal":"*","Condition":{"StringEquals":{"aws:nonsense:sub":"a"}} | Statement 1, Condition, StringEquals: has the unsupported key 'aws:nonsense:sub'
            "Action":"sts:*","Principal":"*","Condition":{"StringEquals":{"aws:userid":"${aws:TagKeys}"}} | Statement 1, Condition, StringEquals, aws:userid: has the unsupported variable '${aws:TagKeys}'
            "Action":"sts:*","Principal":"*","Condition":{"StringEquals":{"aws:userid":"${idp.example.com:amr}"}} | Statement 1, Condition, StringEquals, aws:userid: has the unsupported variable '${idp.example.com:amr}'
            """)
    void noTrust(String statement, String message) {
        refuses(Kind.TRUST, "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\"," + statement + "}}",
                message);
    }

    @ParameterizedTest
    @CsvSource({"131072,true", "131073,false"})
    void aDocumentIsLimitedInSize(int characters, boolean taken) {
        String document = "{\"Statement\":" + GOOD + "}";
        String padded = document + " ".repeat(characters - document.length());
        if (taken) {
            assertThat(PolicyDocument.parse(Kind.IDENTITY, padded).json()).isEqualTo(padded);
        } else {
            refuses(Kind.IDENTITY, padded, "Policy document: has more than 131072 characters");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[", "{\"a\":"})
    void deepNestingIsRefusedAtOnce(String opening) {
        refuses(Kind.IDENTITY, opening.repeat(131_072 / opening.length()), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "a-", ".", "localhost:1/", "9", "aws:PrincipalTag/", "${", "'", "1.", "::", "arn:",
            "*"})
    void longTextsAreRefusedOrTakenAtOnce(String piece) {
        String text = piece.repeat(100_000 / piece.length());
        Stream.of("\"Action\":\"TEXT:a\",\"Principal\":\"*\"",
                "\"Action\":\"a:TEXT\",\"Principal\":\"*\"",
                "\"Action\":\"*\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/TEXT\"}",
                "\"Action\":\"*\",\"Principal\":{\"Federated\":\"TEXT\"}",
                "\"Action\":\"*\",\"Principal\":\"*\",\"Condition\":{\"StringLike\":{\"TEXT:aud\":\"a\"}}",
                "\"Action\":\"*\",\"Principal\":\"*\",\"Condition\":{\"StringLike\":{\"aws:userid\":\"TEXT\"}}",
                "\"Action\":\"*\",\"Principal\":\"*\",\"Condition\":{\"ArnLike\":{\"aws:userid\":\"${TEXT}\"}}",
                "\"Action\":\"*\",\"Principal\":\"*\",\"Condition\":{\"IpAddress\":{\"aws:userid\":\"TEXT\"}}",
                "\"Action\":\"*\",\"Principal\":\"*\",\"Condition\":{\"NumericEquals\":{\"aws:userid\":\"1TEXT\"}}",
                "\"Action\":\"*\",\"Principal\":\"*\",\"Condition\":{\"DateEquals\":{\"aws:userid\":\"2030TEXT\"}}")
                .map(statement -> "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                        + statement.replace("TEXT", text) + "}}")
                .forEach(RefusedPoliciesTest::takesOrRefuses);
    }

    @Test
    void manyNamesOfOneHashAreRefusedLikeOthers() {
        var names = new StringBuilder("{\"Statement\":" + GOOD);
        for (int i = 0; i < 1 << 11; i++) {
            names.append(",\"");
            for (int bit = 0; bit < 11; bit++) {
                names.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.append("\":1");
        }
        refuses(Kind.IDENTITY, names.append('}').toString(),
                "Policy document: has the unsupported element 'AaAaAaAaAaAaAaAaAaAaAa'");
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    void aMessageIsOneLineWhateverTheDocumentSays(String document) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> PolicyDocument.parse(Kind.IDENTITY, document))
                .satisfies(refused -> assertThat(refused.getMessage()).matches("[ -~]{1,400}"));
    }

    static Stream<String> longTexts() {
        String text = "\\u0007\\n<b>\\u00e9" + "x".repeat(10_000);
        return Stream.of("{\"" + text + "\":1}",
                "{\"Statement\":{\"" + text + "\":1}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + text + "\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"" + text
                        + "\":{\"aws:userid\":1}}}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"" + text
                        + "\":{\"" + text + "\":1}}}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"" + text
                        + "\":1}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            IDENTITY | {"Statement":GOOD}
            IDENTITY | {"Id":"","Version":"2008-10-17","Statement":[GOOD,GOOD]}
            IDENTITY | {"Statement":[{"Sid":"","Effect":"Deny","NotAction":["a:*"],"NotResource":["arn:*"]},GOOD],"Version":"2012-10-17"}
            SESSION  | {"Statement":GOOD}
            TRUST    | {"Statement":[{"Sid":"a","Effect":"Allow","Principal":"*","Action":"sts:*"},{"Sid":"a","Effect":"Allow","Principal":"*","Action":"sts:*"}]}
            IDENTITY | {"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/\\u00e9quipe":"\\u00e9"}}}}
            """)
    void whatIsUnusualButWellFormedIsTaken(Kind kind, String document) {
        assertThatCode(() -> PolicyDocument.parse(kind, document.replace("GOOD", GOOD))).doesNotThrowAnyException();
    }

    private static void takesOrRefuses(String document) {
        try {
            assertThat(PolicyDocument.parse(Kind.TRUST, document).kind()).isEqualTo(Kind.TRUST);
        } catch (Refused refused) {
            assertThat(refused.getMessage()).matches("[ -~]{1,400}");
        }
    }

    private static void refuses(Kind kind, String document, @Nullable String message) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> PolicyDocument.parse(kind, document))
                .satisfies(refused -> {
                    assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED_POLICY_DOCUMENT);
                    if (message != null) {
                        assertThat(refused).hasMessage(message);
                    }
                });
    }
}
