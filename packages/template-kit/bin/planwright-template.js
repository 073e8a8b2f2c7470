#!/usr/bin/env node
// The command stands here, and not in dist, so that it can be linked before the package is built.
import '../dist/command.js';
