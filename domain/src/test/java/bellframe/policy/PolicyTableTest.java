package bellframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import bellframe.policy.PolicyDocument.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

/// What policies come to, one row each, from the rules of the IAM User Guide.
///
/// `ALLOWED` is written `allow`, `IMPLICITLY_DENIED` `no` and `EXPLICITLY_DENIED` `deny`. Resources that are neither `*`
/// nor ARNs are those of the app instances of one account.
class PolicyTableTest {

    private static final String APP_INSTANCES = "arn:aws:chime:us-east-1:123456789012:app-instance/";
    private static final String CHANNEL = APP_INSTANCES + "A/channel/1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # policies                | session         | request has                                       | action                                 | resource            | decision
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:Connect                          | A/user/alice        | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:Connect                          | A/user/bob          | no
            APP_USER                  |                 | aws:PrincipalTag/User=alice                       | chime:Connect                          | A/user/alice        | allow
            APP_USER                  |                 | aws:PrincipalTag/user=Alice                       | chime:Connect                          | A/user/alice        | no
            APP_USER                  |                 | -                                                 | chime:Connect                          | A/user/alice        | no
            APP_USER                  |                 | aws:PrincipalTag/user=*                           | chime:Connect                          | A/user/alice        | no
            APP_USER                  |                 | aws:PrincipalTag/user=*                           | chime:Connect                          | A/user/*            | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alic?                       | chime:Connect                          | A/user/alice        | no
            APP_USER                  |                 | aws:PrincipalTag/user=${aws:userid}; aws:userid=x | chime:Connect                          | A/user/x            | no
            APP_USER                  |                 | aws:PrincipalTag/user=                            | chime:Connect                          | A/user/alice        | no
            APP_USER                  |                 | aws:PrincipalTag/user=                            | chime:Connect                          | A/user/             | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alice,bob                   | chime:Connect                          | A/user/alice        | no
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:SendChannelMessage               | A/user/alice        | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:SendChannelMessage               | A/channel/1         | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:SendChannelMessage               | A/user/bob          | no
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:SendChannelMessage               | B/channel/1         | no
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:ListChannelMessages              | A/channel/1         | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:ListChannels                     | A/user/alice        | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:ListChannels                     | A                   | no
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:GetMessagingSessionEndpoint      | *                   | allow
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:CreateAppInstanceAdmin           | A                   | no
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:DeleteChannelMessage             | A/channel/1         | no
            APP_USER                  |                 | aws:PrincipalTag/user=alice                       | chime:CreateAppInstanceUser            | A/user/alice        | no
            BACK_END                  |                 | -                                                 | chime:CreateAppInstanceUser            | A                   | allow
            BACK_END                  |                 | -                                                 | chime:CreateChannel                    | A/user/backend      | allow
            BACK_END                  |                 | -                                                 | chime:DeleteAppInstance                | A                   | allow
            BACK_END                  |                 | -                                                 | chime:DeleteAppInstance                | AB                  | no
            BACK_END                  |                 | -                                                 | chime:DeleteAppInstance                | B                   | no
            BACK_END                  |                 | -                                                 | chime:ListAppInstances                 | *                   | no
            BACK_END                  |                 | -                                                 | iam:CreateUser                         | A                   | no
            READ_ONLY_CHANNELS        |                 | aws:ResourceTag/mode=read-only                    | chime:SendChannelMessage               | A/channel/1         | deny
            READ_ONLY_CHANNELS        |                 | aws:ResourceTag/mode=archived                     | chime:UpdateChannel                    | A/channel/1         | deny
            READ_ONLY_CHANNELS        |                 | aws:ResourceTag/MODE=archived                     | chime:UpdateChannel                    | A/channel/1         | deny
            READ_ONLY_CHANNELS        |                 | aws:ResourceTag/mode=Archived                     | chime:UpdateChannel                    | A/channel/1         | allow
            READ_ONLY_CHANNELS        |                 | aws:ResourceTag/mode=read-only                    | chime:ListChannelMessages              | A/channel/1         | allow
            READ_ONLY_CHANNELS        |                 | aws:ResourceTag/mode=open                         | chime:SendChannelMessage               | A/channel/1         | allow
            READ_ONLY_CHANNELS        |                 | -                                                 | chime:SendChannelMessage               | A/channel/1         | allow
            READ_ONLY_CHANNELS        |                 | aws:ResourceTag/mode=read-only                    | chime:SendChannelMessage               | A/user/alice        | allow
            BACK_END READ_ONLY_CHANNELS |               | aws:ResourceTag/mode=read-only                    | chime:SendChannelMessage               | A/channel/1         | deny
            AUDITOR                   |                 | -                                                 | chime:DescribeChannel                  | A/channel/1         | allow
            AUDITOR                   |                 | -                                                 | chime:ListChannelMemberships           | A/channel/1         | allow
            AUDITOR                   |                 | -                                                 | chime:ListChannelMessages              | A/channel/1         | deny
            AUDITOR                   |                 | -                                                 | chime:listchannelmessages              | A/channel/1         | deny
            AUDITOR                   |                 | -                                                 | chime:GetChannelMessage                | A/channel/1         | deny
            AUDITOR                   |                 | -                                                 | chime:GetChannelMessageStatus          | A/channel/1         | allow
            AUDITOR                   |                 | -                                                 | chime:SendChannelMessage               | A/channel/1         | no
            AUDITOR BACK_END          |                 | -                                                 | chime:SendChannelMessage               | A/channel/1         | allow
            AUDITOR BACK_END          |                 | -                                                 | chime:GetChannelMessage                | A/channel/1         | deny
            BACK_END AUDITOR          |                 | -                                                 | chime:GetChannelMessage                | A/channel/1         | deny
            TIME_BOXED                |                 | aws:CurrentTime=2029-12-31T23:59:59Z              | chime:ListAppInstances                 | *                   | no
            TIME_BOXED                |                 | aws:CurrentTime=2030-01-01T00:00:00Z              | chime:ListAppInstances                 | *                   | allow
            TIME_BOXED                |                 | aws:CurrentTime=2030-01-31T23:59:59.999Z          | chime:ListAppInstances                 | *                   | allow
            TIME_BOXED                |                 | aws:CurrentTime=2030-02-01T00:00:00Z              | chime:ListAppInstances                 | *                   | no
            TIME_BOXED                |                 | -                                                 | chime:ListAppInstances                 | *                   | no
            IP_BOXED                  |                 | aws:SourceIp=203.0.113.255; aws:SecureTransport=true | chime:Connect                       | A/user/alice        | allow
            IP_BOXED                  |                 | aws:SourceIp=203.0.114.0; aws:SecureTransport=true | chime:Connect                         | A/user/alice        | no
            IP_BOXED                  |                 | aws:SourceIp=2001:db8:1234:5678::9; aws:SecureTransport=true | chime:Connect               | A/user/alice        | allow
            IP_BOXED                  |                 | aws:SourceIp=2001:db8:1234:5679::9; aws:SecureTransport=true | chime:Connect               | A/user/alice        | no
            IP_BOXED                  |                 | aws:SourceIp=203.0.113.7; aws:SecureTransport=false | chime:Connect                        | A/user/alice        | deny
            IP_BOXED                  |                 | aws:SourceIp=203.0.113.7                          | chime:Connect                          | A/user/alice        | allow
            NEARLY_ALL                |                 | -                                                 | chime:CreateAppInstanceUser            | A                   | allow
            NEARLY_ALL                |                 | -                                                 | chime:CreateAppInstanceAdmin           | A                   | no
            NEARLY_ALL                |                 | -                                                 | iam:CreateUser                         | *                   | no
            NEARLY_ALL                |                 | -                                                 | s3:GetObject                           | arn:aws:s3:::b/o    | allow
            NEARLY_ALL                |                 | -                                                 | chime:DescribeChannel                  | SECRET/channel/1    | no
            NEARLY_ALL BACK_END       |                 | -                                                 | chime:CreateAppInstanceAdmin           | A                   | allow
            BACK_END                  | MODERATION_ONLY | -                                                 | chime:RedactChannelMessage             | A/channel/1         | allow
            BACK_END                  | MODERATION_ONLY | -                                                 | chime:SendChannelMessage               | A/channel/1         | no
            BACK_END                  | MODERATION_ONLY | -                                                 | chime:RedactChannelMessage             | A/channel/board     | deny
            BACK_END                  | MODERATION_ONLY | -                                                 | chime:RedactChannelMessage             | B/channel/1         | no
            BACK_END                  | MODERATION_ONLY | -                                                 | chime:RedactChannelMessage             | B/channel/board     | deny
            AUDITOR                   | BACK_END        | -                                                 | chime:GetChannelMessage                | A/channel/1         | deny
            BACK_END                  | AUDITOR         | -                                                 | chime:GetChannelMessage                | A/channel/1         | deny
            BACK_END                  | BACK_END        | -                                                 | chime:GetChannelMessage                | A/channel/1         | allow
            NONE                      | BACK_END        | -                                                 | chime:GetChannelMessage                | A/channel/1         | no
            NONE                      |                 | -                                                 | chime:GetChannelMessage                | A/channel/1         | no
            """)
    void wholePoliciesDecide(String policies, @Nullable String session, String context, String action, String resource,
            String decision) {
        List<PolicyDocument> identity = Arrays.stream(policies.split(" ", -1))
                .filter(name -> !name.equals("NONE"))
                .map(name -> SamplePolicies.valueOf(name).as(Kind.IDENTITY))
                .toList();
        PolicyDocument cut = session == null ? null : SamplePolicies.valueOf(session).as(Kind.SESSION);
        var request = new PolicyRequest(action, resource(resource), Contexts.of(context));
        assertThat(Policies.decide(identity, cut, request)).isEqualTo(decision(decision));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # element                                             | action                    | decision
            "Action":"*"                                          | chime:SendChannelMessage  | allow
            "Action":"*:*"                                        | chime:SendChannelMessage  | allow
            "Action":"chime:*"                                    | chime:SendChannelMessage  | allow
            "Action":"chime:*"                                    | chimera:Send              | no
            "Action":"chime:*"                                    | chime                     | no
            "Action":"CHIME:sendchannelMESSAGE"                   | chime:SendChannelMessage  | allow
            "Action":"chime:Send*"                                | chime:SendChannelMessage  | allow
            "Action":"chime:Send*"                                | chime:Resend              | no
            "Action":"chime:*Message"                             | chime:SendChannelMessage  | allow
            "Action":"chime:*Message"                             | chime:ListChannelMessages | no
            "Action":"chime:*Channel*s"                           | chime:ListChannelMessages | allow
            "Action":"chime:?endChannelMessage"                   | chime:SendChannelMessage  | allow
            "Action":"chime:?SendChannelMessage"                  | chime:SendChannelMessage  | no
            "Action":"chime:SendChannelMessag??"                  | chime:SendChannelMessage  | no
            "Action":["s3:GetObject","chime:Connect"]             | chime:Connect             | allow
            "Action":["s3:GetObject","chime:Connect"]             | chime:SendChannelMessage  | no
            "NotAction":"chime:Delete*"                           | chime:SendChannelMessage  | allow
            "NotAction":"chime:Delete*"                           | chime:DELETEChannel       | no
            "NotAction":["chime:Delete*","chime:Create*"]         | chime:CreateChannel       | no
            "NotAction":"*"                                       | chime:CreateChannel       | no
            """)
    void actionsAreMatchedInAnyCase(String element, String action, String decision) {
        String json = document("2012-10-17", "{\"Effect\":\"Allow\"," + element + ",\"Resource\":\"*\"}");
        assertThat(decide(json, action, "*", "-")).isEqualTo(decision(decision));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # version  | element                                                                | request has                | resource                   | decision
            2012-10-17 | "Resource":"*"                                                         | -                          | A/channel/1                | allow
            2012-10-17 | "Resource":"*"                                                         | -                          | *                          | allow
            2012-10-17 | "Resource":"arn:*"                                                     | -                          | A/channel/1                | allow
            2012-10-17 | "Resource":"arn:*"                                                     | -                          | *                          | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/*"                                          | -                          | arn:aws:s3:::b/c/d:e       | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/*"                                          | -                          | arn:aws:s3:::b             | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/*/d"                                        | -                          | arn:aws:s3:::b/c/c/d       | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/?"                                          | -                          | arn:aws:s3:::b/c           | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/?"                                          | -                          | arn:aws:s3:::b/cc          | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/?"                                          | -                          | arn:aws:s3:::b/            | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/?"                                          | -                          | arn:aws:s3:::b/😀          | allow
            2012-10-17 | "Resource":"arn:aws:S3:::b"                                            | -                          | arn:aws:s3:::b             | no
            2012-10-17 | "Resource":"arn:aws:s3:::B"                                            | -                          | arn:aws:s3:::b             | no
            2012-10-17 | "Resource":"arn:aws:chime:*:1"                                         | -                          | arn:aws:chime:r:2:x:1      | allow
            2012-10-17 | "Resource":["arn:aws:s3:::a","arn:aws:s3:::b"]                         | -                          | arn:aws:s3:::b             | allow
            2012-10-17 | "NotResource":"arn:aws:s3:::b*"                                        | -                          | arn:aws:s3:::c             | allow
            2012-10-17 | "NotResource":"arn:aws:s3:::b*"                                        | -                          | arn:aws:s3:::bb            | no
            2012-10-17 | "NotResource":["arn:aws:s3:::a","arn:aws:s3:::b"]                      | -                          | arn:aws:s3:::b             | no
            2012-10-17 | "NotResource":"*"                                                      | -                          | arn:aws:s3:::b             | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username}/*"                          | aws:username=ann           | arn:aws:s3:::b/ann/1       | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username}/*"                          | aws:username=ann           | arn:aws:s3:::b/anna/1      | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/${AWS:UserName}/*"                          | aws:username=ann           | arn:aws:s3:::b/ann/1       | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username}/*"                          | aws:username=*             | arn:aws:s3:::b/ann/1       | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/*${aws:username}"                           | aws:username=a             | arn:aws:s3:::b/banana      | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/*${aws:username}"                           | -                          | arn:aws:s3:::b/banana      | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username}-${aws:userid}"              | aws:username=a;aws:userid=b| arn:aws:s3:::b/a-b         | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username, 'none'}"                    | -                          | arn:aws:s3:::b/none        | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username, 'none'}"                    | aws:username=ann           | arn:aws:s3:::b/none        | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username, '*'}"                       | -                          | arn:aws:s3:::b/none        | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username, '}'}x"                      | -                          | arn:aws:s3:::b/}x          | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/${aws:username, ''}x"                       | -                          | arn:aws:s3:::b/x           | allow
            2012-10-17 | "NotResource":"arn:aws:s3:::b/${aws:username}"                         | aws:username=ann           | arn:aws:s3:::b/ann         | no
            2012-10-17 | "NotResource":"arn:aws:s3:::b/${aws:username}"                         | -                          | arn:aws:s3:::b/ann         | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/${*}"                                       | -                          | arn:aws:s3:::b/ann         | no
            2012-10-17 | "Resource":"arn:aws:s3:::b/${*}${?}${$}{x}"                            | -                          | arn:aws:s3:::b/*?${x}      | allow
            2012-10-17 | "Resource":"arn:aws:s3:::b/$x$"                                        | -                          | arn:aws:s3:::b/$x$         | allow
            2008-10-17 | "Resource":"arn:aws:s3:::b/${aws:username}"                            | aws:username=ann           | arn:aws:s3:::b/ann         | no
            2008-10-17 | "Resource":"arn:aws:s3:::b/${aws:username}"                            | -                          | arn:aws:s3:::b/${aws:username} | allow
            2008-10-17 | "Resource":"arn:aws:s3:::b/${*}"                                       | -                          | arn:aws:s3:::b/${anything} | allow
            2008-10-17 | "Resource":"arn:aws:s3:::b/${nonsense"                                 | -                          | arn:aws:s3:::b/${nonsense  | allow
            """)
    void resourcesAreMatchedAsAWhole(String version, String element, String context, String resource, String decision) {
        String json = document(version, "{\"Effect\":\"Allow\",\"Action\":\"*\"," + element + "}");
        assertThat(decide(json, "chime:Connect", resource, context)).isEqualTo(decision(decision));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # condition                                                              | request has                        | decision
            "StringEquals":{"aws:userid":"ann"}                                      | aws:userid=ann                     | allow
            "StringEquals":{"AWS:UserId":"ann"}                                      | aws:userid=ann                     | allow
            "StringEquals":{"aws:userid":"ann"}                                      | aws:userid=Ann                     | no
            "StringEquals":{"aws:userid":"ann"}                                      | -                                  | no
            "StringEquals":{"aws:userid":["bob","ann"]}                              | aws:userid=ann                     | allow
            "StringEquals":{"aws:userid":"a*"}                                       | aws:userid=ann                     | no
            "StringEquals":{"aws:userid":"a*"}                                       | aws:userid=a*                      | allow
            "StringEquals":{"aws:userid":""}                                         | aws:userid=                        | allow
            "StringEquals":{"aws:userid":""}                                         | -                                  | no
            "StringEquals":{"aws:userid":12}                                         | aws:userid=12                      | allow
            "StringEquals":{"aws:userid":true}                                       | aws:userid=true                    | allow
            "StringEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team}"}       | aws:PrincipalTag/team=x;aws:ResourceTag/team=x | allow
            "StringEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team}"}       | aws:PrincipalTag/team=x;aws:ResourceTag/team=y | no
            "StringEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team}"}       | aws:PrincipalTag/team=x            | no
            "StringEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team}"}       | -                                  | no
            "StringEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team}"}       | aws:PrincipalTag/team=x;aws:ResourceTag/team=* | no
            "StringEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team, 'x'}"}  | aws:PrincipalTag/team=x            | allow
            "StringEquals":{"aws:PrincipalTag/cost center":"1"}                      | aws:principaltag/Cost Center=1     | allow
            "StringNotEquals":{"aws:userid":"ann"}                                   | aws:userid=bob                     | allow
            "StringNotEquals":{"aws:userid":"ann"}                                   | aws:userid=ann                     | no
            "StringNotEquals":{"aws:userid":"ann"}                                   | -                                  | allow
            "StringNotEquals":{"aws:userid":["ann","bob"]}                           | aws:userid=bob                     | no
            "StringNotEquals":{"aws:userid":["ann","bob"]}                           | aws:userid=cid                     | allow
            "StringNotEquals":{"aws:userid":"${aws:username}"}                       | aws:userid=ann                     | allow
            "StringEqualsIgnoreCase":{"aws:userid":"ANN"}                            | aws:userid=ann                     | allow
            "StringEqualsIgnoreCase":{"aws:userid":"${aws:username}"}                | aws:userid=ann;aws:username=ANN    | allow
            "StringNotEqualsIgnoreCase":{"aws:userid":"ANN"}                         | aws:userid=ann                     | no
            "StringLike":{"aws:userid":"a*n"}                                        | aws:userid=ann                     | allow
            "StringLike":{"aws:userid":"A*"}                                         | aws:userid=ann                     | no
            "StringLike":{"aws:userid":"*"}                                          | aws:userid=                        | allow
            "StringLike":{"aws:userid":"*"}                                          | -                                  | no
            "StringLike":{"aws:userid":"ann"}                                        | aws:userid=anna                    | no
            "StringLike":{"aws:userid":"*:${aws:username}"}                          | aws:userid=AROA:ann;aws:username=ann | allow
            "StringLike":{"aws:userid":"*${*}"}                                      | aws:userid=ann                     | no
            "StringLike":{"aws:userid":"*${*}"}                                      | aws:userid=ann*                    | allow
            "StringNotLike":{"aws:userid":["a*","b*"]}                               | aws:userid=bob                     | no
            "StringNotLike":{"aws:userid":["a*","b*"]}                               | aws:userid=cid                     | allow
            "StringNotLike":{"aws:userid":["a*","b*"]}                               | -                                  | allow
            "NumericEquals":{"aws:PrincipalTag/n":"10"}                              | aws:PrincipalTag/n=10.0            | allow
            "NumericEquals":{"aws:PrincipalTag/n":10}                                | aws:PrincipalTag/n=+010            | allow
            "NumericEquals":{"aws:PrincipalTag/n":"10"}                              | aws:PrincipalTag/n=ten             | no
            "NumericEquals":{"aws:PrincipalTag/n":"10"}                              | aws:PrincipalTag/n=1e1             | no
            "NumericEquals":{"aws:PrincipalTag/n":"10"}                              | aws:PrincipalTag/n=                | no
            "NumericNotEquals":{"aws:PrincipalTag/n":"10"}                           | aws:PrincipalTag/n=10              | no
            "NumericNotEquals":{"aws:PrincipalTag/n":"10"}                           | aws:PrincipalTag/n=ten             | allow
            "NumericNotEquals":{"aws:PrincipalTag/n":"10"}                           | -                                  | allow
            "NumericLessThan":{"aws:PrincipalTag/n":"10"}                            | aws:PrincipalTag/n=9.99            | allow
            "NumericLessThan":{"aws:PrincipalTag/n":"10"}                            | aws:PrincipalTag/n=10              | no
            "NumericLessThan":{"aws:PrincipalTag/n":"10"}                            | aws:PrincipalTag/n=-11             | allow
            "NumericLessThan":{"aws:PrincipalTag/n":"10"}                            | -                                  | no
            "NumericLessThanEquals":{"aws:PrincipalTag/n":["1","10"]}                | aws:PrincipalTag/n=10              | allow
            "NumericGreaterThan":{"aws:PrincipalTag/n":"10"}                         | aws:PrincipalTag/n=10              | no
            "NumericGreaterThan":{"aws:PrincipalTag/n":"10"}                         | aws:PrincipalTag/n=10.000000000000000001 | allow
            "NumericGreaterThanEquals":{"aws:PrincipalTag/n":"10"}                   | aws:PrincipalTag/n=10              | allow
            "DateEquals":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}                  | aws:CurrentTime=2030-01-01T01:00:00+01:00 | allow
            "DateEquals":{"aws:CurrentTime":"2030"}                                  | aws:CurrentTime=2030-01-01T00:00Z  | allow
            "DateEquals":{"aws:CurrentTime":"2030-01"}                               | aws:CurrentTime=2030-01-01         | allow
            "DateEquals":{"aws:CurrentTime":"2030-01-01"}                            | aws:CurrentTime=1893456000         | allow
            "DateEquals":{"aws:CurrentTime":1893456000}                              | aws:CurrentTime=2030-01-01         | allow
            "DateEquals":{"aws:CurrentTime":"2030-01-01"}                            | aws:CurrentTime=now                | no
            "DateNotEquals":{"aws:CurrentTime":"2030-01-01"}                         | aws:CurrentTime=2030-01-01         | no
            "DateNotEquals":{"aws:CurrentTime":"2030-01-01"}                         | aws:CurrentTime=now                | allow
            "DateLessThan":{"aws:EpochTime":"2030-01-01"}                            | aws:EpochTime=1893455999           | allow
            "DateLessThanEquals":{"aws:EpochTime":"2030-01-01"}                      | aws:EpochTime=1893456000           | allow
            "NumericLessThan":{"aws:EpochTime":"1893456000"}                         | aws:EpochTime=1893455999           | allow
            "DateGreaterThan":{"aws:TokenIssueTime":"2030-01-01"}                    | aws:TokenIssueTime=2030-01-01T00:00:00.001Z | allow
            "DateGreaterThan":{"aws:TokenIssueTime":"2030-01-01"}                    | -                                  | no
            "DateGreaterThanIfExists":{"aws:TokenIssueTime":"2030-01-01"}            | -                                  | allow
            "Bool":{"aws:SecureTransport":"true"}                                    | aws:SecureTransport=true           | allow
            "Bool":{"aws:SecureTransport":true}                                      | aws:SecureTransport=True           | allow
            "Bool":{"aws:SecureTransport":"true"}                                    | aws:SecureTransport=false          | no
            "Bool":{"aws:SecureTransport":"false"}                                   | -                                  | no
            "Bool":{"aws:SecureTransport":"false"}                                   | aws:SecureTransport=0              | no
            "BoolIfExists":{"aws:SecureTransport":"false"}                           | -                                  | allow
            "IpAddress":{"aws:SourceIp":"192.0.2.0/24"}                              | aws:SourceIp=192.0.2.255           | allow
            "IpAddress":{"aws:SourceIp":"192.0.2.77/24"}                             | aws:SourceIp=192.0.2.1             | allow
            "IpAddress":{"aws:SourceIp":"192.0.2.0/25"}                              | aws:SourceIp=192.0.2.128           | no
            "IpAddress":{"aws:SourceIp":"192.0.2.0/31"}                              | aws:SourceIp=192.0.2.1             | allow
            "IpAddress":{"aws:SourceIp":"192.0.2.1"}                                 | aws:SourceIp=192.0.2.1             | allow
            "IpAddress":{"aws:SourceIp":"192.0.2.1"}                                 | aws:SourceIp=192.0.2.2             | no
            "IpAddress":{"aws:SourceIp":"0.0.0.0/0"}                                 | aws:SourceIp=255.255.255.255       | allow
            "IpAddress":{"aws:SourceIp":"0.0.0.0/0"}                                 | aws:SourceIp=::1                   | no
            "IpAddress":{"aws:SourceIp":"::/0"}                                      | aws:SourceIp=::1                   | allow
            "IpAddress":{"aws:SourceIp":"::/0"}                                      | aws:SourceIp=192.0.2.1             | no
            "IpAddress":{"aws:SourceIp":"192.0.2.0/24"}                              | aws:SourceIp=::ffff:192.0.2.9      | allow
            "IpAddress":{"aws:SourceIp":"2001:DB8::/33"}                             | aws:SourceIp=2001:db8:7fff::1      | allow
            "IpAddress":{"aws:SourceIp":"2001:DB8::/33"}                             | aws:SourceIp=2001:db8:8000::1      | no
            "IpAddress":{"aws:SourceIp":"2001:db8::1"}                               | aws:SourceIp=2001:db8:0:0::1       | allow
            "IpAddress":{"aws:SourceIp":"0.0.0.0/0"}                                 | aws:SourceIp=localhost             | no
            "IpAddress":{"aws:SourceIp":"0.0.0.0/0"}                                 | aws:SourceIp=127.1                 | no
            "IpAddress":{"aws:SourceIp":"0.0.0.0/0"}                                 | -                                  | no
            "IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]}               | aws:SourceIp=192.0.2.1             | allow
            "NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]}            | aws:SourceIp=192.0.2.1             | no
            "NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]}            | aws:SourceIp=192.0.3.1             | allow
            "NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}                             | -                                  | allow
            "NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}                             | aws:SourceIp=nowhere               | allow
            "ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::1:role/*"}                 | aws:PrincipalArn=arn:aws:iam::1:role/a/b | allow
            "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/a"}                   | aws:PrincipalArn=arn:aws:iam::1:role/a | allow
            "ArnLike":{"aws:PrincipalArn":"arn:aws:s:*:1:f/*"}                       | aws:PrincipalArn=arn:aws:s:r:2:x:1:f/d | no
            "StringLike":{"aws:PrincipalArn":"arn:aws:s:*:1:f/*"}                    | aws:PrincipalArn=arn:aws:s:r:2:x:1:f/d | allow
            "ArnLike":{"aws:PrincipalArn":"arn:aws:s:r:1:*"}                         | aws:PrincipalArn=arn:aws:s:r:1:a:b:c | allow
            "ArnLike":{"aws:PrincipalArn":"arn:aws:s:?:1:a"}                         | aws:PrincipalArn=arn:aws:s::1:a    | no
            "ArnLike":{"aws:PrincipalArn":"arn:aws:s:r:1:A"}                         | aws:PrincipalArn=arn:aws:s:r:1:a   | no
            "ArnLike":{"aws:PrincipalArn":"*"}                                       | aws:PrincipalArn=arn:aws:s:r:1:a   | allow
            "ArnLike":{"aws:PrincipalArn":"*"}                                       | aws:PrincipalArn=ann               | no
            "ArnLike":{"aws:PrincipalArn":"arn:*:*:*:*:*"}                           | aws:PrincipalArn=arn:aws:iam:x     | no
            "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::${aws:PrincipalAccount}:*"}  | aws:PrincipalArn=arn:aws:iam::1:a;aws:PrincipalAccount=1 | allow
            "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::${aws:PrincipalAccount}:*"}  | aws:PrincipalArn=arn:aws:iam::1:a;aws:PrincipalAccount=* | no
            "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::${aws:PrincipalAccount}:*"}  | aws:PrincipalArn=arn:aws:iam::1:a  | no
            "ArnEquals":{"aws:PrincipalArn":"${aws:PrincipalTag/arn}"}               | aws:PrincipalArn=arn:aws:iam::1:a;aws:PrincipalTag/arn=arn:aws:iam::1:a | allow
            "ArnEquals":{"aws:PrincipalArn":"${aws:PrincipalTag/arn}"}               | aws:PrincipalArn=arn:aws:iam::1:a;aws:PrincipalTag/arn=arn:aws:iam::1:* | no
            "ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::1:a"}                   | aws:PrincipalArn=arn:aws:iam::1:a  | no
            "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::1:*"}                     | aws:PrincipalArn=arn:aws:iam::2:a  | allow
            "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::1:*"}                     | -                                  | allow
            "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::1:*"}                     | aws:PrincipalArn=ann               | allow
            "Null":{"aws:TokenIssueTime":"true"}                                     | -                                  | allow
            "Null":{"aws:TokenIssueTime":true}                                       | aws:TokenIssueTime=2030            | no
            "Null":{"aws:TokenIssueTime":"false"}                                    | aws:TokenIssueTime=2030            | allow
            "Null":{"aws:TokenIssueTime":"false"}                                    | -                                  | no
            "Null":{"aws:TokenIssueTime":["true","false"]}                           | -                                  | allow
            "StringEqualsIfExists":{"aws:userid":"ann"}                              | -                                  | allow
            "StringEqualsIfExists":{"aws:userid":"ann"}                              | aws:userid=bob                     | no
            "StringNotEqualsIfExists":{"aws:userid":"ann"}                           | -                                  | allow
            "StringNotEqualsIfExists":{"aws:userid":"ann"}                           | aws:userid=ann                     | no
            "StringEqualsIfExists":{"aws:userid":"${aws:username}"}                  | aws:userid=ann                     | no
            "StringEquals":{"aws:userid":"ann"},"Bool":{"aws:SecureTransport":true}  | aws:userid=ann                     | no
            "StringEquals":{"aws:userid":"ann"},"Bool":{"aws:SecureTransport":true}  | aws:userid=ann;aws:SecureTransport=true | allow
            "StringEquals":{"aws:userid":"ann","aws:username":"bob"}                 | aws:userid=ann;aws:username=cid    | no
            "StringEquals":{"aws:userid":"ann","aws:username":"bob"}                 | aws:userid=ann;aws:username=bob    | allow
            "ForAnyValue:StringEquals":{"aws:userid":["a","b"]}                      | aws:userid=x,b                     | allow
            "ForAnyValue:StringEquals":{"aws:userid":["a","b"]}                      | aws:userid=x,y                     | no
            "ForAnyValue:StringEquals":{"aws:userid":["a","b"]}                      | -                                  | no
            "ForAnyValue:StringEquals":{"aws:userid":""}                             | aws:userid=                        | no
            "ForAnyValue:StringNotEquals":{"aws:userid":["a","b"]}                   | aws:userid=a,x                     | allow
            "ForAnyValue:StringNotEquals":{"aws:userid":["a","b"]}                   | aws:userid=a,b                     | no
            "ForAnyValue:StringNotEquals":{"aws:userid":["a","b"]}                   | -                                  | no
            "ForAnyValue:StringEqualsIfExists":{"aws:userid":"a"}                    | -                                  | allow
            "ForAnyValue:StringEqualsIfExists":{"aws:userid":"a"}                    | aws:userid=b                       | no
            "ForAllValues:StringEquals":{"aws:userid":["a","b"]}                     | aws:userid=a,b                     | allow
            "ForAllValues:StringEquals":{"aws:userid":["a","b"]}                     | aws:userid=a,x                     | no
            "ForAllValues:StringEquals":{"aws:userid":["a","b"]}                     | -                                  | allow
            "ForAllValues:StringEquals":{"aws:userid":["a","b"]}                     | aws:userid=                        | allow
            "ForAllValues:StringNotEquals":{"aws:userid":["a","b"]}                  | aws:userid=x,y                     | allow
            "ForAllValues:StringNotEquals":{"aws:userid":["a","b"]}                  | aws:userid=x,b                     | no
            "ForAllValues:StringNotEquals":{"aws:userid":["a","b"]}                  | -                                  | allow
            "ForAllValues:StringLike":{"aws:userid":"a*"},"Null":{"aws:userid":"false"} | -                               | no
            "ForAllValues:IpAddress":{"aws:SourceIp":"10.0.0.0/8"}                   | aws:SourceIp=10.0.0.1,11.0.0.1     | no
            "StringEquals":{"aws:userid":["a","b"]}                                  | aws:userid=x,b                     | allow
            "StringNotEquals":{"aws:userid":["a","b"]}                               | aws:userid=x,b                     | no
            "StringEquals":{"aws:RequestedRegion":"us-east-1"}                       | aws:RequestedRegion=us-east-1      | allow
            "StringEquals":{"aws:SourceIdentity":"ann"}                              | aws:SourceIdentity=ann             | allow
            "StringLike":{"aws:UserAgent":"aws-cli/*"}                               | aws:UserAgent=aws-cli/2.1          | allow
            """)
    void conditionsHoldOrNot(String condition, String context, String decision) {
        String json = document("2012-10-17",
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{" + condition + "}}");
        assertThat(decide(json, "chime:Connect", CHANNEL, context)).isEqualTo(decision(decision));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what is denied of all that is allowed                                                                | request has                | resource        | decision
            "Action":"chime:connect","Resource":"*"                                                                | -                          | A/user/ann      | deny
            "Action":"chime:Send*","Resource":"*"                                                                  | -                          | A/user/ann      | allow
            "NotAction":"chime:Connect","Resource":"*"                                                             | -                          | A/user/ann      | allow
            "NotAction":"chime:Send*","Resource":"*"                                                               | -                          | A/user/ann      | deny
            "Action":"*","NotResource":"arn:aws:chime:*:*:app-instance/A/user/${aws:userid}"                       | aws:userid=ann             | A/user/ann      | allow
            "Action":"*","NotResource":"arn:aws:chime:*:*:app-instance/A/user/${aws:userid}"                       | aws:userid=ann             | A/user/bob      | deny
            "Action":"*","NotResource":"arn:aws:chime:*:*:app-instance/A/user/${aws:userid}"                       | -                          | A/user/ann      | deny
            "Action":"*","Resource":"arn:aws:chime:*:*:app-instance/A/user/${aws:userid}"                          | -                          | A/user/ann      | allow
            "Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"red"}}            | aws:PrincipalTag/team=red  | A/user/ann      | allow
            "Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"red"}}            | -                          | A/user/ann      | deny
            "Action":"*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalTag/team":"red"}}    | -                          | A/user/ann      | deny
            "Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}               | -                          | A/user/ann      | allow
            "Action":"*","Resource":"*","Condition":{"StringEqualsIfExists":{"aws:PrincipalTag/team":"red"}}       | -                          | A/user/ann      | deny
            "Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}                 | aws:SourceIp=10.9.8.7      | A/user/ann      | allow
            "Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}                 | -                          | A/user/ann      | deny
            "Action":"*","Resource":"*","Condition":{"Null":{"aws:PrincipalTag/team":"true"}}                      | -                          | A/user/ann      | deny
            "Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:PrincipalTag/team":"red"}}  | -                          | A/user/ann      | deny
            "Action":"*","Resource":"*","Condition":{"ForAnyValue:StringNotEquals":{"aws:PrincipalTag/team":"red"}} | -                         | A/user/ann      | allow
            """)
    void denialsOverrule(String denied, String context, String resource, String decision) {
        String allow = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
        String deny = "{\"Effect\":\"Deny\"," + denied + "}";
        for (String statements : List.of("[" + allow + "," + deny + "]", "[" + deny + "," + allow + "]")) {
            assertThat(decide(document("2012-10-17", statements), "chime:Connect", resource, context))
                    .isEqualTo(decision(decision));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # principal                                                                  | caller                | decision
            "*"                                                                          | user ann              | ALLOWED
            "*"                                                                          | root                  | ALLOWED
            "*"                                                                          | token idp.example.com | IMPLICITLY_DENIED
            {"AWS":"*"}                                                                  | user ann              | ALLOWED
            {"AWS":"*"}                                                                  | token idp.example.com | IMPLICITLY_DENIED
            {"AWS":"123456789012"}                                                       | user ann              | LEFT_TO_ACCOUNT
            {"AWS":"123456789012"}                                                       | root                  | LEFT_TO_ACCOUNT
            {"AWS":"arn:aws:iam::123456789012:root"}                                     | user ann              | LEFT_TO_ACCOUNT
            {"AWS":"arn:aws:iam::123456789012:root"}                                     | token idp.example.com | IMPLICITLY_DENIED
            {"AWS":"210987654321"}                                                       | user ann              | IMPLICITLY_DENIED
            {"AWS":"arn:aws:iam::123456789012:user/ann"}                                 | user ann              | ALLOWED
            {"AWS":"arn:aws:iam::123456789012:user/ann"}                                 | user Ann              | IMPLICITLY_DENIED
            {"AWS":"arn:aws:iam::123456789012:user/ann"}                                 | root                  | IMPLICITLY_DENIED
            {"AWS":["123456789012","arn:aws:iam::123456789012:user/ann"]}                | user ann              | ALLOWED
            {"AWS":["123456789012","arn:aws:iam::123456789012:user/ann"]}                | user bob              | LEFT_TO_ACCOUNT
            {"AWS":"arn:aws:iam::123456789012:role/ops"}                                 | session ops night     | ALLOWED
            {"AWS":"arn:aws:sts::123456789012:assumed-role/ops/night"}                   | session ops night     | ALLOWED
            {"AWS":"arn:aws:sts::123456789012:assumed-role/ops/night"}                   | session ops day       | IMPLICITLY_DENIED
            {"Federated":"arn:aws:iam::123456789012:oidc-provider/idp.example.com"}      | token idp.example.com | ALLOWED
            {"Federated":"arn:aws:iam::123456789012:oidc-provider/idp.example.com"}      | token idp.example.org | IMPLICITLY_DENIED
            {"Federated":"arn:aws:iam::123456789012:oidc-provider/idp.example.com"}      | user ann              | IMPLICITLY_DENIED
            {"AWS":"*","Federated":"arn:aws:iam::123456789012:oidc-provider/idp.example.com"} | token idp.example.com | ALLOWED
            """)
    void principalsAreTrusted(String principal, String caller, TrustDecision decision) {
        assertThat(decideTrust("Allow", principal, caller)).isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # denied principal                                                           | caller                | decision
            "*"                                                                          | user ann              | EXPLICITLY_DENIED
            "*"                                                                          | token idp.example.com | EXPLICITLY_DENIED
            {"AWS":"*"}                                                                  | token idp.example.com | EXPLICITLY_DENIED
            {"AWS":"123456789012"}                                                       | user ann              | EXPLICITLY_DENIED
            {"AWS":"arn:aws:iam::123456789012:user/ann"}                                 | user ann              | EXPLICITLY_DENIED
            {"AWS":"arn:aws:iam::123456789012:user/ann"}                                 | user bob              | IMPLICITLY_DENIED
            """)
    void principalsAreDenied(String principal, String caller, TrustDecision decision) {
        assertThat(decideTrust("Deny", principal, caller)).isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # condition                                                            | request has                           | decision
            "StringEquals":{"idp.example.com/realms/chat:aud":"chat"}              | idp.example.com/realms/chat:aud=chat  | ALLOWED
            "StringEquals":{"IDP.example.com/realms/chat:AUD":"chat"}              | idp.example.com/realms/chat:aud=chat  | ALLOWED
            "StringEquals":{"localhost:8080/realms/chat:sub":"ann"}                | localhost:8080/realms/chat:sub=ann    | ALLOWED
            "StringLike":{"idp.example.com:email":"*@example.com"}                 | idp.example.com:email=ann@example.com | ALLOWED
            "ForAnyValue:StringEquals":{"idp.example.com:amr":"mfa"}               | idp.example.com:amr=pwd,mfa           | ALLOWED
            "StringEquals":{"idp.example.com:aud":"chat"}                          | idp.example.org:aud=chat              | IMPLICITLY_DENIED
            "StringEquals":{"aws:RequestTag/user":"${idp.example.com:sub}"}        | aws:RequestTag/user=a;idp.example.com:sub=a | ALLOWED
            "StringEquals":{"aws:RequestTag/user":"${idp.example.com:sub}"}        | aws:RequestTag/user=b;idp.example.com:sub=a | IMPLICITLY_DENIED
            "StringEquals":{"sts:RoleSessionName":"${aws:username}"}               | sts:RoleSessionName=ann;aws:username=ann | ALLOWED
            "StringEquals":{"sts:ExternalId":"7"}                                  | sts:ExternalId=7                      | ALLOWED
            "StringEquals":{"sts:SourceIdentity":"ann"}                            | sts:SourceIdentity=ann                | ALLOWED
            "ForAllValues:StringEquals":{"aws:TagKeys":["user","team"]}            | aws:TagKeys=user,admin                | IMPLICITLY_DENIED
            "ForAllValues:StringEquals":{"sts:TransitiveTagKeys":["user"]}         | -                                     | ALLOWED
            """)
    void trustDependsOnConditions(String condition, String context, TrustDecision decision) {
        String json = document("2012-10-17",
                "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole*\",\"Principal\":{\"AWS\":\"*\"},\"Condition\":{"
                        + condition + "}}");
        var request = new TrustRequest("sts:AssumeRole", caller("user ann"), Contexts.of(context));
        assertThat(PolicyDocument.parse(Kind.TRUST, json).decideTrust(request)).isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # of trust policy | of caller's own policies | decision
            ALLOWED           | no    | allow
            ALLOWED           | allow | allow
            ALLOWED           | deny  | deny
            LEFT_TO_ACCOUNT   | no    | no
            LEFT_TO_ACCOUNT   | allow | allow
            LEFT_TO_ACCOUNT   | deny  | deny
            IMPLICITLY_DENIED | no    | no
            IMPLICITLY_DENIED | allow | no
            IMPLICITLY_DENIED | deny  | deny
            EXPLICITLY_DENIED | allow | deny
            """)
    void theCallersOwnPoliciesCountAsTheTrustPolicySays(TrustDecision trust, String own, String decision) {
        assertThat(trust.with(decision(own))).isEqualTo(decision(decision));
    }

    @Test
    void aTrustPolicyIsNoPolicyOfSomebody() {
        PolicyDocument trust = PolicyDocument.parse(Kind.TRUST,
                document("2012-10-17", "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\"}"));
        PolicyDocument identity = SamplePolicies.BACK_END.as(Kind.IDENTITY);
        PolicyContext nothing = Contexts.of("-");
        assertThatIllegalStateException()
                .isThrownBy(() -> trust.decide(new PolicyRequest("sts:AssumeRole", "*", nothing)));
        assertThatIllegalStateException()
                .isThrownBy(() -> identity.decideTrust(new TrustRequest("sts:AssumeRole", caller("root"), nothing)));
    }

    private static TrustDecision decideTrust(String effect, String principal, String caller) {
        String json = document("2012-10-17",
                "{\"Effect\":\"" + effect + "\",\"Action\":\"sts:*\",\"Principal\":" + principal + "}");
        var request = new TrustRequest("sts:AssumeRole", caller(caller), Contexts.of("-"));
        return PolicyDocument.parse(Kind.TRUST, json).decideTrust(request);
    }

    private static Caller caller(String text) {
        String[] words = text.split(" ", -1);
        String account = "123456789012";
        return switch (words[0]) {
            case "user" -> new Caller.Signer(account, List.of("arn:aws:iam::123456789012:user/" + words[1]));
            case "session" -> new Caller.Signer(account, List.of("arn:aws:iam::123456789012:role/" + words[1],
                    "arn:aws:sts::123456789012:assumed-role/" + words[1] + "/" + words[2]));
            case "token" -> new Caller.Federated("arn:aws:iam::123456789012:oidc-provider/" + words[1]);
            default -> new Caller.Signer(account, List.of());
        };
    }

    private static String document(String version, String statement) {
        return "{\"Version\":\"" + version + "\",\"Statement\":" + statement + "}";
    }

    private static Decision decide(String json, String action, String resource, String context) {
        return PolicyDocument.parse(Kind.IDENTITY, json)
                .decide(new PolicyRequest(action, resource(resource), Contexts.of(context)));
    }

    private static String resource(String text) {
        return text.equals("*") || text.startsWith("arn:") ? text : APP_INSTANCES + text;
    }

    private static Decision decision(String text) {
        return switch (text) {
            case "allow" -> Decision.ALLOWED;
            case "no" -> Decision.IMPLICITLY_DENIED;
            case "deny" -> Decision.EXPLICITLY_DENIED;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
