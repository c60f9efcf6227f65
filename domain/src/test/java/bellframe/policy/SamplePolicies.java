package bellframe.policy;

/// Whole policies, as people write them for chat applications. They are named by the tests' tables.
enum SamplePolicies {
    /// One role for all users: whoever assumes it is the user that its session is tagged with.
    APP_USER("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "ActAsMyself",
                  "Effect": "Allow",
                  "Action": [
                    "chime:Connect",
                    "chime:SendChannelMessage",
                    "chime:UpdateChannelMessage",
                    "chime:ListChannel*",
                    "chime:DescribeChannel",
                    "chime:GetChannelMessage"
                  ],
                  "Resource": "arn:aws:chime:us-east-1:123456789012:app-instance/A/user/${aws:PrincipalTag/user}"
                },
                {
                  "Sid": "InAnyChannel",
                  "Effect": "Allow",
                  "Action": [
                    "chime:SendChannelMessage",
                    "chime:UpdateChannelMessage",
                    "chime:ListChannel*",
                    "chime:DescribeChannel",
                    "chime:GetChannelMessage"
                  ],
                  "Resource": "arn:aws:chime:us-east-1:123456789012:app-instance/A/channel/*"
                },
                {
                  "Sid": "FindTheEndpoint",
                  "Effect": "Allow",
                  "Action": "chime:GetMessagingSessionEndpoint",
                  "Resource": "*"
                }
              ]
            }"""),
    /// All of chime on one app instance.
    BACK_END("""
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "Allow",
                "Action": "chime:*",
                "Resource": [
                  "arn:aws:chime:us-east-1:123456789012:app-instance/A",
                  "arn:aws:chime:us-east-1:123456789012:app-instance/A/*"
                ]
              }
            }"""),
    /// Channels that are tagged so are only read.
    READ_ONLY_CHANNELS("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "chime:*",
                  "Resource": "*"
                },
                {
                  "Effect": "Deny",
                  "Action": ["chime:SendChannelMessage", "chime:Update*"],
                  "Resource": "arn:aws:chime:*:*:app-instance/*/channel/*",
                  "Condition": {"StringEquals": {"aws:ResourceTag/mode": ["read-only", "archived"]}}
                }
              ]
            }"""),
    /// Reads everything but messages.
    AUDITOR("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": ["chime:Describe*", "chime:List*", "chime:Get*"],
                  "Resource": "*"
                },
                {
                  "Effect": "Deny",
                  "Action": ["chime:GetChannelMessage", "chime:ListChannelMessages"],
                  "Resource": "*"
                }
              ]
            }"""),
    /// During January 2030.
    TIME_BOXED("""
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "Allow",
                "Action": "chime:*",
                "Resource": "*",
                "Condition": {
                  "DateGreaterThanEquals": {"aws:CurrentTime": "2030-01-01T00:00:00Z"},
                  "DateLessThan": {"aws:CurrentTime": "2030-02-01T00:00:00Z"}
                }
              }
            }"""),
    /// From the office, and never in plain text.
    IP_BOXED("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "chime:*",
                  "Resource": "*",
                  "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8:1234:5678::/64"]}}
                },
                {
                  "Effect": "Deny",
                  "Action": "*",
                  "Resource": "*",
                  "Condition": {"Bool": {"aws:SecureTransport": "false"}}
                }
              ]
            }"""),
    /// What a moderator's session is begun with, to do no more than moderate.
    MODERATION_ONLY("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": ["chime:RedactChannelMessage", "chime:CreateChannelBan"],
                  "Resource": "*"
                },
                {
                  "Effect": "Deny",
                  "Action": "*",
                  "Resource": "arn:aws:chime:*:*:app-instance/*/channel/board*"
                }
              ]
            }"""),
    /// All but what makes other admins.
    NEARLY_ALL("""
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "Allow",
                "NotAction": ["chime:*AppInstanceAdmin*", "iam:*"],
                "NotResource": "arn:aws:chime:*:*:app-instance/SECRET*"
              }
            }""");

    private final String json;

    SamplePolicies(String json) {
        this.json = json;
    }

    PolicyDocument as(PolicyDocument.Kind kind) {
        return PolicyDocument.parse(kind, json);
    }

    String json() {
        return json;
    }
}
