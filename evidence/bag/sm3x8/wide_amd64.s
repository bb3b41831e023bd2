//go:build !purego

#include "textflag.h"

// SM3 of eight messages: each vector register holds one word of all eight. The
// rounds are those of plainBlock in plain.go, which says them readably; the names
// here are the same.

// flip turns the bytes of each word round: messages are big-endian.
DATA flip<>+0(SB)/8, $0x0405060700010203
DATA flip<>+8(SB)/8, $0x0c0d0e0f08090a0b
DATA flip<>+16(SB)/8, $0x0405060700010203
DATA flip<>+24(SB)/8, $0x0c0d0e0f08090a0b
GLOBL flip<>(SB), RODATA|NOPTR, $32

// turn8 turns each word left by 8 bits: one instruction, where ROL takes three.
DATA turn8<>+0(SB)/8, $0x0605040702010003
DATA turn8<>+8(SB)/8, $0x0e0d0c0f0a09080b
DATA turn8<>+16(SB)/8, $0x0605040702010003
DATA turn8<>+24(SB)/8, $0x0e0d0c0f0a09080b
GLOBL turn8<>(SB), RODATA|NOPTR, $32

// ROL turns x left by n bits into to; other is lost. AVX2 has no such instruction.
#define ROL(n, x, to, other) \
	VPSRLD $(32-n), x, other; \
	VPSLLD $n, x, to;         \
	VPOR   other, to, to

// LOAD takes eight words of the k-th message from SI[k] + DX + at.
#define LOAD(k, at, to) \
	MOVQ    (8*k)(SI), AX;       \
	VMOVDQU at(AX)(DX*1), to;    \
	VPSHUFB Y15, to, to

// TURN8 makes of eight words of eight messages, Y0 to Y7, each word of all eight,
// and puts them at to and behind it on the stack. In three steps: pairs of words,
// pairs of pairs, halves of registers.
#define TURN8(to) \
	VPUNPCKLDQ  Y1, Y0, Y8;          \
	VPUNPCKHDQ  Y1, Y0, Y9;          \
	VPUNPCKLDQ  Y3, Y2, Y10;         \
	VPUNPCKHDQ  Y3, Y2, Y11;         \
	VPUNPCKLDQ  Y5, Y4, Y12;         \
	VPUNPCKHDQ  Y5, Y4, Y13;         \
	VPUNPCKLDQ  Y7, Y6, Y14;         \
	VPUNPCKHDQ  Y7, Y6, Y7;          \
	VPUNPCKLQDQ Y10, Y8, Y0;         \
	VPUNPCKHQDQ Y10, Y8, Y1;         \
	VPUNPCKLQDQ Y11, Y9, Y2;         \
	VPUNPCKHQDQ Y11, Y9, Y3;         \
	VPUNPCKLQDQ Y14, Y12, Y4;        \
	VPUNPCKHQDQ Y14, Y12, Y5;        \
	VPUNPCKLQDQ Y7, Y13, Y6;         \
	VPUNPCKHQDQ Y7, Y13, Y7;         \
	VPERM2I128  $0x20, Y4, Y0, Y8;   \
	VPERM2I128  $0x20, Y5, Y1, Y9;   \
	VPERM2I128  $0x20, Y6, Y2, Y10;  \
	VPERM2I128  $0x20, Y7, Y3, Y11;  \
	VPERM2I128  $0x31, Y4, Y0, Y12;  \
	VPERM2I128  $0x31, Y5, Y1, Y13;  \
	VPERM2I128  $0x31, Y6, Y2, Y14;  \
	VPERM2I128  $0x31, Y7, Y3, Y7;   \
	VMOVDQU     Y8, (to+0*32)(SP);   \
	VMOVDQU     Y9, (to+1*32)(SP);   \
	VMOVDQU     Y10, (to+2*32)(SP);  \
	VMOVDQU     Y11, (to+3*32)(SP);  \
	VMOVDQU     Y12, (to+4*32)(SP);  \
	VMOVDQU     Y13, (to+5*32)(SP);  \
	VMOVDQU     Y14, (to+6*32)(SP);  \
	VMOVDQU     Y7, (to+7*32)(SP)

// WORD makes the word sixteen after the n-th at R8; third is the one three before it,
// which stays in a register: from the stack it would come later. A turn by 23 is one by
// 15 and then by 8.
#define WORD(n, third, to) \
	ROL(15, third, Y9, Y10);              \
	VPXOR   (32*n)(R8), Y9, Y9;           \
	VPXOR   (32*n+7*32)(R8), Y9, Y9;      \
	ROL(15, Y9, Y10, Y11);                \
	VPSHUFB Y15, Y10, Y11;                \
	VPXOR   Y10, Y9, Y9;                  \
	VPXOR   Y11, Y9, Y9;                  \
	VMOVDQU (32*n+3*32)(R8), Y8;          \
	ROL(7, Y8, Y10, Y12);                 \
	VPXOR   Y10, Y9, Y9;                  \
	VPXOR   (32*n+10*32)(R8), Y9, to;     \
	VMOVDQU to, (32*n+16*32)(R8)

// FF and GG of the first sixteen rounds and of the others, into Y12; Y13 is lost.
#define PARITY(x, y, z) \
	VPXOR x, y, Y12;   \
	VPXOR z, Y12, Y12

#define MAJORITY(x, y, z) \
	VPOR  x, y, Y12;     \
	VPAND z, Y12, Y12;   \
	VPAND x, y, Y13;     \
	VPOR  Y13, Y12, Y12

#define CHOICE(x, y, z) \
	VPXOR y, z, Y12;   \
	VPAND x, Y12, Y12; \
	VPXOR z, Y12, Y12

// ROUND is the n-th round from the words at R8 and the constants at R9 on. What
// becomes a is left in d, what becomes e in h: the next round takes the registers
// in another order instead of moving them. A turn by 17 is one by 9 and then by 8.
#define ROUND(n, a, b, c, d, e, f, g, h, FF, GG) \
	ROL(12, a, Y8, Y9);                   \
	VPADDD       (32*n)(R9), e, Y9;       \
	VPADDD       Y8, Y9, Y9;              \
	ROL(7, Y9, Y10, Y11);                 \
	VPXOR        Y8, Y10, Y8;             \
	VMOVDQU      (32*n)(R8), Y9;          \
	VPXOR        (32*n+128)(R8), Y9, Y11; \
	VPADDD       Y10, h, h;               \
	VPADDD       Y9, h, h;                \
	VPADDD       Y8, d, d;                \
	VPADDD       Y11, d, d;               \
	FF(a, b, c);                          \
	VPADDD       Y12, d, d;               \
	GG(e, f, g);                          \
	VPADDD       Y12, h, h;               \
	ROL(9, b, b, Y12);                    \
	ROL(19, f, f, Y12);                   \
	ROL(9, h, Y12, Y13);                  \
	VPSHUFB      Y15, Y12, Y14;           \
	VPXOR        Y12, h, h;               \
	VPXOR        Y14, h, h

#define ROUNDS4(FF, GG) \
	ROUND(0, Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, FF, GG); \
	ROUND(1, Y3, Y0, Y1, Y2, Y7, Y4, Y5, Y6, FF, GG); \
	ROUND(2, Y2, Y3, Y0, Y1, Y6, Y7, Y4, Y5, FF, GG); \
	ROUND(3, Y1, Y2, Y3, Y0, Y5, Y6, Y7, Y4, FF, GG); \
	ADDQ $128, R8;                                    \
	ADDQ $128, R9

// func blocksAVX2(s *State, from *[Ways]*byte, n int, constants *[64][Ways]uint32)
//
// On the stack lie the 68 words of a block, each of all eight messages.
TEXT ·blocksAVX2(SB), 0, $2176-32
	MOVQ s+0(FP), DI
	MOVQ from+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ constants+24(FP), R10
	XORQ DX, DX

block:
	VMOVDQU flip<>(SB), Y15
	LOAD(0, 0, Y0)
	LOAD(1, 0, Y1)
	LOAD(2, 0, Y2)
	LOAD(3, 0, Y3)
	LOAD(4, 0, Y4)
	LOAD(5, 0, Y5)
	LOAD(6, 0, Y6)
	LOAD(7, 0, Y7)
	TURN8(0)
	LOAD(0, 32, Y0)
	LOAD(1, 32, Y1)
	LOAD(2, 32, Y2)
	LOAD(3, 32, Y3)
	LOAD(4, 32, Y4)
	LOAD(5, 32, Y5)
	LOAD(6, 32, Y6)
	LOAD(7, 32, Y7)
	TURN8(256)

	VMOVDQU turn8<>(SB), Y15

	// The other 52 words, four a time; R8 points to the word sixteen before.
	LEAQ    0(SP), R8
	MOVQ    $13, R11
	VMOVDQA Y13, Y1
	VMOVDQA Y14, Y2
	VMOVDQA Y7, Y3

words:
	WORD(0, Y1, Y0)
	WORD(1, Y2, Y1)
	WORD(2, Y3, Y2)
	WORD(3, Y0, Y3)
	ADDQ $128, R8
	DECQ R11
	JNZ  words

	VMOVDQU (0*32)(DI), Y0
	VMOVDQU (1*32)(DI), Y1
	VMOVDQU (2*32)(DI), Y2
	VMOVDQU (3*32)(DI), Y3
	VMOVDQU (4*32)(DI), Y4
	VMOVDQU (5*32)(DI), Y5
	VMOVDQU (6*32)(DI), Y6
	VMOVDQU (7*32)(DI), Y7
	LEAQ    0(SP), R8
	MOVQ    R10, R9
	MOVQ    $4, R11

early:
	ROUNDS4(PARITY, PARITY)
	DECQ R11
	JNZ  early
	MOVQ $12, R11

late:
	ROUNDS4(MAJORITY, CHOICE)
	DECQ R11
	JNZ  late

	VPXOR   (0*32)(DI), Y0, Y0
	VPXOR   (1*32)(DI), Y1, Y1
	VPXOR   (2*32)(DI), Y2, Y2
	VPXOR   (3*32)(DI), Y3, Y3
	VPXOR   (4*32)(DI), Y4, Y4
	VPXOR   (5*32)(DI), Y5, Y5
	VPXOR   (6*32)(DI), Y6, Y6
	VPXOR   (7*32)(DI), Y7, Y7
	VMOVDQU Y0, (0*32)(DI)
	VMOVDQU Y1, (1*32)(DI)
	VMOVDQU Y2, (2*32)(DI)
	VMOVDQU Y3, (3*32)(DI)
	VMOVDQU Y4, (4*32)(DI)
	VMOVDQU Y5, (5*32)(DI)
	VMOVDQU Y6, (6*32)(DI)
	VMOVDQU Y7, (7*32)(DI)
	ADDQ    $64, DX
	DECQ    CX
	JNZ     block
	VZEROUPPER
	RET
