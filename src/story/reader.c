/* reader.c - files to commands: lines of at most 64 KiB, continued by lines that begin with a blank, and includes. */
#include <string.h>

#include "story/session.h"

/* The next byte of the file; -1 at its end, -2 if reading failed. */
static int next_byte(bw_story *story, bw_story_frame *frame, uint32_t depth)
{
    if (frame->chunk_next == frame->chunk_count) {
        int64_t count = story->host.read(story->host.context, depth, frame->chunk, sizeof frame->chunk);
        frame->chunk_next = 0;
        frame->chunk_count = count > 0 ? (uint32_t)count : 0;
        if (count <= 0)
            return count == 0 ? -1 : -2;
    }
    return (unsigned char)frame->chunk[frame->chunk_next++];
}

typedef enum { LINE_READ, LINE_NONE, LINE_LONG, LINE_FAILED } line_status;

static line_status read_line(bw_story *story, bw_story_frame *frame, uint32_t depth, uint32_t *length)
{
    int byte = next_byte(story, frame, depth);
    *length = 0;
    if (byte < 0)
        return byte == -1 ? LINE_NONE : LINE_FAILED;
    frame->line++;
    for (; byte >= 0 && byte != '\n'; byte = next_byte(story, frame, depth)) {
        if (*length == sizeof frame->bytes)
            return LINE_LONG;
        frame->bytes[(*length)++] = (char)byte;
    }
    if (*length > 0 && frame->bytes[*length - 1] == '\r')
        (*length)--;
    if (frame->line == 1 && *length >= 3 && memcmp(frame->bytes, "\xef\xbb\xbf", 3) == 0) {   /* a byte order mark */
        *length -= 3;
        memmove(frame->bytes, frame->bytes + 3, *length);
    }
    return byte == -2 ? LINE_FAILED : LINE_READ;
}

static bw_story_result fail_line(bw_story *story, const bw_story_frame *frame, const char *found)
{
    bw_story_text text = {0};
    bw_story_put(&text, "found ");
    bw_story_put(&text, found);
    bw_story_put(&text, ", expected a line of a story");
    story->line = frame->line;
    return bw_story_fail(story, BW_STORY_WRONG, text.bytes);
}

/* Runs the command whose words are in the lexer, if there is one. */
static bw_story_result finish_command(bw_story *story)
{
    if (story->lexer.word_count == 0)
        return BW_STORY_DONE;
    bw_story_result result = bw_story_execute(story);
    bw_story_lexer_clear(&story->lexer);
    return result;
}

static bw_story_result take_line(bw_story *story, bw_story_frame *frame, uint32_t length)
{
    bw_story_line_kind kind = bw_story_line_look(frame->bytes, length);
    bw_story_result result = kind == BW_STORY_LINE_FIRST ? finish_command(story) : BW_STORY_DONE;
    if (result != BW_STORY_DONE)
        return result;
    if (kind == BW_STORY_LINE_MORE && story->lexer.word_count == 0)
        return fail_line(story, frame, "a blank at the beginning and no command above");
    const char *error = bw_story_lex(&story->lexer, frame->bytes, length, frame->line);
    return error == NULL ? BW_STORY_DONE : fail_line(story, frame, error);
}

static bw_story_result read_lines(bw_story *story, bw_story_frame *frame, uint32_t depth)
{
    uint32_t length;
    bw_story_result result = BW_STORY_DONE;
    while (result == BW_STORY_DONE) {
        switch (read_line(story, frame, depth, &length)) {
        case LINE_READ:
            result = take_line(story, frame, length);
            break;
        case LINE_NONE:
            return finish_command(story);
        case LINE_LONG:
            return fail_line(story, frame, "a line of more than 64 KiB");
        case LINE_FAILED:
            return fail_line(story, frame, "a file that cannot be read");
        }
    }
    return result;
}

static bool is_open(const bw_story *story, const bw_story_file *file)
{
    for (uint32_t i = 0; i < story->depth; i++)
        if (!file->endless && memcmp(story->frames[i].file.identity, file->identity, sizeof file->identity) == 0)
            return true;
    return false;
}

/* What the host could not open, and why; the first file has no place in a story yet. */
static bw_story_result fail_open(bw_story *story, const char *path, const bw_story_file *file)
{
    bw_story_text text = {0};
    bool first = story->depth == 0;
    bw_story_put(&text, first ? path : "found the file '");
    bw_story_put(&text, first ? ": found a file" : path);
    bw_story_put(&text, first ? " that cannot be opened" : "', which cannot be opened");
    if (file->trouble != NULL && file->trouble[0] != 0) {
        bw_story_put(&text, " (");
        bw_story_put(&text, file->trouble);
        bw_story_put(&text, ")");
    }
    bw_story_put(&text, ", expected a story");
    if (!first)
        return bw_story_fail(story, BW_STORY_WRONG, text.bytes);
    bw_story_text_clear(&story->message);
    bw_story_put(&story->message, text.bytes);
    return BW_STORY_WRONG;
}

static bw_story_result fail_file(bw_story *story, const char *path, const char *expected)
{
    bw_story_text text = {0};
    bw_story_put(&text, "found '");
    bw_story_put(&text, path);
    bw_story_put(&text, "', expected ");
    bw_story_put(&text, expected);
    return bw_story_fail(story, BW_STORY_WRONG, text.bytes);
}

bw_story_result bw_story_include(bw_story *story, const char *path)
{
    uint32_t depth = story->depth;
    if (depth == BW_STORY_DEPTH)
        return fail_file(story, path, "at most 16 files inside each other");
    bw_story_frame *frame = &story->frames[depth];
    bw_story_file file = {0};
    const char *from = depth > 0 ? story->frames[depth - 1].file.name : "";
    if (!story->host.open(story->host.context, depth, path, from, &file))
        return fail_open(story, path, &file);
    bw_story_result result;
    if (is_open(story, &file)) {
        result = fail_file(story, path, "a file that does not include itself");
    } else {
        frame->file = file;
        frame->line = frame->chunk_next = frame->chunk_count = 0;
        story->depth++;
        bw_story_lexer_clear(&story->lexer);
        result = read_lines(story, frame, depth);
        story->depth--;
    }
    story->host.close(story->host.context, depth);
    return result;
}

bw_story_result bw_story_run(bw_story *story, const char *path)
{
    return bw_story_include(story, path);
}
