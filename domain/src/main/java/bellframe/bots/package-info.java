/// What bots of an app instance are asked, and what becomes of their answers.
///
/// Start with [BotRuntimes].
@NullMarked
package bellframe.bots;

import org.jspecify.annotations.NullMarked;
