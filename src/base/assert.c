#include "base/assert.h"

#include <stddef.h>

static bw_assert_hook *assert_hook = NULL;

void bw_assert_hook_set(bw_assert_hook *hook)
{
    assert_hook = hook;
}

void bw_assert_fail(const char *file, int line, const char *text)
{
    if (assert_hook)
        assert_hook(file, line, text);
    __builtin_trap();
}
