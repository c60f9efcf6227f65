/// What answers for bots: Lex V2, or webhooks that answer as it does.
///
/// Start with [BotRuntimesByArn]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.lex;

import org.jspecify.annotations.NullMarked;
